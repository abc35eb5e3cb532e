import type { EventQueue } from './event-queue';
import type { SessionMetrics } from './metrics';
import type { Timeline } from './timeline';

/** Checksums from the peer that wait until we have confirmed their frames. */
const WAITING_CHECKS = 8;

/** The checksums that one peer sent, and whether they were ours. */
export class ChecksumWatch {
  readonly #frames = new Int32Array(WAITING_CHECKS).fill(-1);
  readonly #values = new Uint32Array(WAITING_CHECKS);
  readonly #timeline: Timeline;
  #isDesynced = false;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Keeps what the peer says of a frame, until `compare` can judge it. */
  note(frame: number, checksum: number): void {
    if (frame < 0) return;
    const slot = Math.floor(frame / this.#timeline.checksums.intervalFrames) % WAITING_CHECKS;
    this.#frames[slot] = frame;
    this.#values[slot] = checksum;
  }

  /**
   * Compares for frames that are confirmed here, where a difference can't be a guess that is still to be corrected.
   * Reports the first difference, and again only after the two agreed in between.
   * @param player whom to name in the report.
   * @returns whether the peer is known to differ.
   */
  compare(player: number, metrics: SessionMetrics, events: EventQueue): boolean {
    const timeline = this.#timeline;
    for (let i = 0; i < WAITING_CHECKS; i++) {
      const frame = this.#frames[i] ?? -1;
      if (frame < 0 || frame > timeline.confirmedFrame) continue;
      this.#frames[i] = -1;
      if (frame < timeline.inputs.floor || !timeline.checksums.has(frame)) continue;
      const local = timeline.checksums.at(frame) >>> 0;
      const remote = this.#values[i] ?? 0;
      if (local === remote) {
        this.#isDesynced = false;
      } else if (!this.#isDesynced) {
        this.#isDesynced = true;
        metrics.desyncs += 1;
        events.push({ type: 'desync', player, frame, local, remote });
      }
    }
    return this.#isDesynced;
  }

  /** Forgets everything: the state was replaced. */
  reset(): void {
    this.#frames.fill(-1);
    this.#isDesynced = false;
  }
}
