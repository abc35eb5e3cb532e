/** One kind of device behind an input source. */
export interface Device {
  /** Held now, or tapped since the last call. `nowMs` is in the timebase of event.timeStamp. */
  mask(nowMs: number): number;
  /** Forgets what is held, until it is told or seen again. */
  letGo(): void;
  close(): void;
}
