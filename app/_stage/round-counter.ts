/** What a stream tells of one instant: seconds left and both healths, 0–100. */
export interface RoundSample {
  readonly timer: number;
  readonly health1: number;
  readonly health2: number;
}

export interface RoundCounter {
  /** Takes the next sample and returns the rounds won so far, in place. */
  add(sample: RoundSample): readonly [number, number];
  /** Rounds begun so far, from 1. */
  readonly round: number;
  /** Who took the round that is over: bit 1 player 1, bit 2 player 2; 0 while it goes on. */
  readonly result: number;
}

/**
 * Derives rounds won from a stream that doesn't carry them. A round ends when a health reaches 0 or the
 * timer does; more health wins it. A double knock-out counts for both, as in the rules; equal percentages at time-up hide
 * whose share is larger, so they count for nobody. The next round begins when the timer rises.
 * Rounds from before the first sample stay unknown.
 */
export function createRoundCounter(): RoundCounter {
  const won: [number, number] = [0, 0];
  let lastTimer = Number.POSITIVE_INFINITY;
  let round = 1;
  let result = 0;
  return {
    get round() {
      return round;
    },
    get result() {
      return result;
    },
    add({ timer, health1, health2 }) {
      if (timer > lastTimer) {
        round += 1;
        result = 0;
      }
      lastTimer = timer;
      if (result !== 0 || (timer > 0 && health1 > 0 && health2 > 0)) return won;
      result = health1 > health2 ? 1 : health2 > health1 ? 2 : 3;
      if (result === 1 || (health1 <= 0 && health2 <= 0)) won[0] += 1;
      if (result === 2 || (health1 <= 0 && health2 <= 0)) won[1] += 1;
      return won;
    },
  };
}
