/** Points: what somebody did well, in whole numbers that anybody can check. */

export interface ScoredFight {
  readonly level: number;
  readonly healthLeft: number;
  /** Rounds that were lost on the way to the win. */
  readonly roundsLost: number;
  /** Frames of the whole fight. */
  readonly frames: number;
}

const FOR_A_WIN = 500;
const FOR_A_LEVEL = 20;
const FOR_A_PERCENT = 8;
const FOR_NO_ROUND_LOST = 400;
/** A win in this time earns all of the bonus, one that takes three times as long nothing. */
const FAST_FRAMES = 60 * 45;
const FOR_SPEED = 600;
/** What an ending and each continue that is left are worth. */
export const ENDING_POINTS = 2_000;
export const CONTINUE_POINTS = 750;

/** Points for a fight that was won. */
export function scoreOf({ level, healthLeft, roundsLost, frames }: ScoredFight): number {
  const slow = Math.max(0, Math.min(1, (frames - FAST_FRAMES) / (2 * FAST_FRAMES)));
  return (
    FOR_A_WIN +
    level * FOR_A_LEVEL +
    healthLeft * FOR_A_PERCENT +
    (roundsLost === 0 ? FOR_NO_ROUND_LOST : 0) +
    Math.round((1 - slow) * FOR_SPEED)
  );
}
