/** Something a player presses: sampled once a frame, closed with the match. */
export interface InputDevice {
  /** The 16-bit mask of engine/fighter/inputs.ts held now, or pressed since the last sample. */
  sample(): number;
  close(): void;
}

/** Several devices as one: whatever any of them presses. */
export function combineDevices(devices: readonly InputDevice[]): InputDevice {
  return {
    sample() {
      let mask = 0;
      for (const device of devices) mask |= device.sample();
      return mask;
    },
    close() {
      for (const device of devices) device.close();
    },
  };
}

/**
 * Buttons held down, with a latch: a tap shorter than a frame still counts for one frame.
 */
export interface Latch {
  press(source: string, bit: number): void;
  release(source: string): void;
  clear(): void;
  sample(): number;
}

export function createLatch(): Latch {
  const held = new Map<string, number>();
  let tapped = 0;
  return {
    press(source, bit) {
      held.set(source, bit);
      tapped |= bit;
    },
    release: (source) => void held.delete(source),
    clear() {
      held.clear();
      tapped = 0;
    },
    sample() {
      let mask = tapped;
      tapped = 0;
      for (const bit of held.values()) mask |= bit;
      return mask;
    },
  };
}
