/** What a stream tells of one instant: seconds left and both healths, 0–100. */
export interface RoundSample {
  readonly timer: number;
  readonly health1: number;
  readonly health2: number;
}

export interface RoundCounter {
  /** Takes the next sample and returns the rounds won so far, in place. */
  add(sample: RoundSample): readonly [number, number];
}

/**
 * Derives rounds won from a stream that doesn't carry them. A round ends when a health reaches 0 or the
 * timer does; more health wins it and equal health is a draw. The next round begins when the timer rises.
 * Rounds from before the first sample stay unknown.
 */
export function createRoundCounter(): RoundCounter {
  const won: [number, number] = [0, 0];
  let lastTimer = Number.POSITIVE_INFINITY;
  let isDecided = false;
  return {
    add({ timer, health1, health2 }) {
      if (timer > lastTimer) isDecided = false;
      lastTimer = timer;
      if (!isDecided && (timer <= 0 || health1 <= 0 || health2 <= 0)) {
        isDecided = true;
        if (health1 > health2) won[0] += 1;
        if (health2 > health1) won[1] += 1;
      }
      return won;
    },
  };
}
