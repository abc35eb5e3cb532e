import { KEYBOARD_BINDINGS } from './bindings';
import { createLatch, type InputDevice } from './device';

/** Reads bound keys from the window, except while a text field or a dialog has the focus. */
export function keyboardDevice(target: Window): InputDevice {
  const latch = createLatch();
  const onDown = (event: KeyboardEvent) => {
    const bit = KEYBOARD_BINDINGS[event.code];
    if (bit === undefined || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target))
      return;
    event.preventDefault();
    if (!event.repeat) latch.press(event.code, bit);
  };
  const onUp = (event: KeyboardEvent) => latch.release(event.code);
  // A key released while another window has the focus would otherwise stay down for good.
  const onBlur = () => latch.clear();
  target.addEventListener('keydown', onDown);
  target.addEventListener('keyup', onUp);
  target.addEventListener('blur', onBlur);
  return {
    sample: () => latch.sample(),
    close() {
      target.removeEventListener('keydown', onDown);
      target.removeEventListener('keyup', onUp);
      target.removeEventListener('blur', onBlur);
    },
  };
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [role="dialog"]') !== null;
}
