/** A fight that goes from one page to another. */
export interface Handover {
  readonly state: Int32Array;
  readonly characters: readonly [number, number];
}

let waiting: Handover | undefined;

/** Leaves a fight for the next page to take; a newer one replaces it, and a reload forgets it. */
export function handOver(handover: Handover): void {
  waiting = handover;
}

/** The fight that was left, once. */
export function takeHandover(): Handover | undefined {
  const taken = waiting;
  waiting = undefined;
  return taken;
}
