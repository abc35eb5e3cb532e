import { cleanInput } from '../../../engine/fighter/inputs';
import { isElsewhere, onLostAttention } from './attention';
import type { InputSource } from './input-source';
import { keyboardDevice } from './keyboard';
import { type Pads, padDevice } from './pads';
import { type TouchDevice, touchDevice } from './touch';

/** Keyboard, pads and on-screen controls of one person as one source of inputs (docs/CONTRACT.md, INPUT). */
export interface Devices extends InputSource {
  /** For the page's on-screen controls. */
  readonly touch: TouchDevice;
  /** For the page's word on pads. */
  readonly pads: Pads;
}

/**
 * Listens from now on, until `close`.
 * @param now milliseconds in the timebase of event.timeStamp
 */
export function openDevices(target: Window, now = () => target.performance.now()): Devices {
  const { document } = target;
  const touch = touchDevice();
  const pads = padDevice(target, now);
  const all = [keyboardDevice(target), pads, touch];
  const letGo = () => {
    for (const device of all) device.letGo();
  };
  const stop = onLostAttention(target, letGo);
  return {
    touch,
    pads,
    mask() {
      const nowMs = now();
      let mask = 0;
      for (const device of all) mask |= device.mask(nowMs);
      if (isElsewhere(document.activeElement)) {
        letGo();
        return 0;
      }
      // Over all devices together: a key to the left and a stick to the right cancel as well.
      return cleanInput(mask);
    },
    close() {
      stop();
      for (const device of all) device.close();
    },
  };
}
