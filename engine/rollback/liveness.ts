/** The longest stretch between two polls that counts as silence of the peer; the rest was our own sleep. */
const LONGEST_GAP_MS = 250;

/** What the silence of a peer amounts to. */
export type Silence = 'alive' | 'interrupted' | 'resumed' | 'silent' | 'dead';

/** Watches how long a peer has been silent, counting only time in which we were awake to listen. Milliseconds. */
export class Liveness {
  silentMs = 0;
  /** How long the silence was that just ended. */
  endedMs = 0;
  /** How long the peer has been paused in all. */
  pausedMs = 0;
  #isReported = false;

  /**
   * @param elapsedMs since the last call. @param hasHeard whether a packet came since. @param isPaused whether the peer
   * announced a pause: then silence is expected.
   */
  update(
    elapsedMs: number,
    hasHeard: boolean,
    isPaused: boolean,
    notifyMs: number,
    limitMs: number,
  ): Silence {
    if (isPaused) this.pausedMs += elapsedMs;
    if (hasHeard) {
      this.endedMs = this.silentMs;
      this.silentMs = 0;
      if (!this.#isReported) return 'alive';
      this.#isReported = false;
      return 'resumed';
    }
    this.silentMs += Math.min(elapsedMs, LONGEST_GAP_MS);
    if (this.silentMs >= limitMs) return 'dead';
    if (this.#isReported || isPaused || this.silentMs < notifyMs) return 'silent';
    this.#isReported = true;
    return 'interrupted';
  }
}
