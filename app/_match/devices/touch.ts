import type { Device } from './device';
import { createLatch } from './latch';

/** A device that on-screen controls press; each finger is a source of its own. */
export interface TouchDevice extends Device {
  /** The finger lies on these bits now, instead of what it lay on before. */
  press(pointerId: number, bits: number, atMs: number): void;
  release(pointerId: number): void;
}

export function touchDevice(): TouchDevice {
  const latch = createLatch();
  return {
    press: latch.press,
    release: latch.release,
    mask: latch.mask,
    letGo: latch.clear,
    close: latch.clear,
  };
}
