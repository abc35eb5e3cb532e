import { isMatchOver } from '../../fighter/outcome';
import { type ArcadeFight, type ArcadeFightTerms, createArcadeFight } from '../arcade-fight';
import { createHindsight } from '../hindsight';
import type { Level } from '../levels';
import { createOpponent } from '../opponent';

/** Terms of a fight against an opponent of a level; characters and luck follow from the seed. */
export function termsOf(seed: number, level: Level, pace: 0 | 1 | 2): ArcadeFightTerms {
  return {
    config: { seed, characters: [1 + (seed & 1), 1 + ((seed >> 1) & 1)] },
    opponent: { level, seed: seed + 9, pace, side: 2 },
  };
}

/**
 * Plays a fight to its end with somebody of `level` at the player's place.
 * @param onFrame sees the fight after each frame
 * @returns the fight, and what the player pressed
 */
export function playArcade(
  terms: ArcadeFightTerms,
  level: Level,
  onFrame?: (fight: ArcadeFight) => void,
): { fight: ArcadeFight; inputs: Uint8Array } {
  const fight = createArcadeFight(terms);
  const seen = createHindsight();
  const player = createOpponent(level, terms.config.seed * 7 + 1);
  const bytes: number[] = [];
  while (!isMatchOver(fight.state)) {
    seen.push(fight.state);
    const mask = player.decide(seen.late, 1);
    bytes.push(mask & 255, mask >> 8);
    fight.advance(mask);
    onFrame?.(fight);
  }
  return { fight, inputs: Uint8Array.from(bytes) };
}
