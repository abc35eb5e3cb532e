import { createLatch, type InputDevice } from './device';

/** A device that on-screen buttons press; each finger is a source of its own. */
export interface TouchDevice extends InputDevice {
  press(finger: string, bits: number): void;
  release(finger: string): void;
}

export function touchDevice(): TouchDevice {
  const latch = createLatch();
  return { ...latch, close: () => latch.clear() };
}
