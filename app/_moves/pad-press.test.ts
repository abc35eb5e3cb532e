import { afterEach, expect, it, vi } from 'vitest';
import { onPadPress } from './pad-press';

afterEach(() => void vi.unstubAllGlobals());

it('INPUT-6: a pad that is pressed for another window is not heard in this one', () => {
  let hasFocus = false;
  let pressed = false;
  let heard = 0;
  let next: () => void = () => undefined;
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', { hasFocus: () => hasFocus });
  vi.stubGlobal('navigator', { getGamepads: () => [{ connected: true, buttons: [{ pressed }] }] });
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => {
    next = task;
    return 1;
  });
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  const stop = onPadPress(() => {
    heard += 1;
  });
  for (pressed of [false, true, false]) next();
  expect(heard).toBe(0);
  hasFocus = true;
  for (pressed of [false, true, false]) next();
  expect(heard).toBe(1);
  stop();
});
