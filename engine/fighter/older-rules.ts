import { checksum, engineDigest } from './checksum';
import { Fighter, Match, PLAYER_1, PLAYER_2 } from './state';

/**
 * The engine of rules 4, from before handicaps: the same inputs gave the same match, and its state lacked the words for
 * them, so that its checksums are of fewer words.
 */
const BEFORE_HANDICAPS = '687bb783';
const MATCH_WORDS = Match.WINS_NEEDED;
const FIGHTER_WORDS = Fighter.HEALTH_CHANGE;

/** Whether fights of the engine with this digest play here as they were. */
export function isPlayable(digest: string): boolean {
  return digest === engineDigest() || digest === BEFORE_HANDICAPS;
}

/**
 * The checksum that the engine with this digest took of states.
 * @param digest one that `isPlayable`
 */
export function checksumOf(digest: string): (state: Int32Array) => number {
  if (digest !== BEFORE_HANDICAPS) return checksum;
  const shorter = new Int32Array(MATCH_WORDS + 2 * FIGHTER_WORDS);
  return (state) => {
    shorter.set(state.subarray(0, MATCH_WORDS));
    shorter.set(state.subarray(PLAYER_1, PLAYER_1 + FIGHTER_WORDS), MATCH_WORDS);
    shorter.set(state.subarray(PLAYER_2, PLAYER_2 + FIGHTER_WORDS), MATCH_WORDS + FIGHTER_WORDS);
    return checksum(shorter);
  };
}
