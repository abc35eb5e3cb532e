import { isElsewhere } from './attention';
import { KEYBOARD_BINDINGS } from './bindings';
import type { Device } from './device';
import { createLatch } from './latch';

/** Keys with which the system takes the keyboard: what comes up beside them, macOS tells nobody. */
const SYSTEM_KEYS: readonly string[] = ['Meta', 'OS', 'Alt', 'AltGraph'];

/** Reads bound keys from the window, except while a text field or a dialog has the focus. */
export function keyboardDevice(target: Window): Device {
  const latch = createLatch();
  const onDown = (event: KeyboardEvent) => {
    if (SYSTEM_KEYS.includes(event.key)) return latch.clear();
    const bit = KEYBOARD_BINDINGS[event.code];
    if (bit === undefined || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target))
      return;
    event.preventDefault();
    // Repeats as well: they are the only sign of a key that went down while something else had the focus.
    latch.press(event.code, bit, event.timeStamp);
  };
  const onUp = (event: KeyboardEvent) => {
    if (SYSTEM_KEYS.includes(event.key)) latch.clear();
    else latch.release(event.code);
  };
  target.addEventListener('keydown', onDown);
  target.addEventListener('keyup', onUp);
  return {
    mask: latch.mask,
    letGo: latch.clear,
    close() {
      target.removeEventListener('keydown', onDown);
      target.removeEventListener('keyup', onUp);
    },
  };
}
