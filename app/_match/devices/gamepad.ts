import { Input } from '../../../engine/fighter/inputs';
import { GAMEPAD_BINDINGS, STICK_THRESHOLD } from './bindings';
import type { InputDevice } from './device';

/** Every connected gamepad of the standard layout, read when sampled. */
export function gamepadDevice(navigator: Navigator): InputDevice {
  return {
    sample() {
      let mask = 0;
      for (const pad of navigator.getGamepads()) {
        if (pad?.connected && pad.mapping === 'standard') mask |= maskOf(pad);
      }
      return mask;
    },
    close: () => undefined,
  };
}

function maskOf(pad: Gamepad): number {
  let mask = 0;
  for (const { button, bit } of GAMEPAD_BINDINGS) {
    if (pad.buttons[button]?.pressed) mask |= bit;
  }
  const x = pad.axes[0] ?? 0;
  const y = pad.axes[1] ?? 0;
  if (x < -STICK_THRESHOLD) mask |= Input.Left;
  if (x > STICK_THRESHOLD) mask |= Input.Right;
  if (y < -STICK_THRESHOLD) mask |= Input.Up;
  if (y > STICK_THRESHOLD) mask |= Input.Down;
  return mask;
}
