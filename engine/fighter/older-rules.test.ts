import { describe, expect, it } from 'vitest';
import { engineDigest } from './checksum';
import { checksumOf, isPlayable } from './older-rules';
import { decodeFight, encodeFight, simulateReplay } from './replay';
import { courseOf, GOLDEN, RULES_4 } from './testing/golden';

describe('fights of the engine before handicaps', () => {
  it.each(GOLDEN.map(([seed, characters], index) => [seed, characters, RULES_4.courses[index]] as const))(
    'GAME-10: match %i between %s takes the very course that it took, word for word',
    (seed, characters, course) => {
      expect(courseOf(seed, characters, checksumOf(RULES_4.digest))).toBe(course);
    },
  );

  it('REPLAY-7: play as they were, and meet the checksums that were taken then', () => {
    const bytes = Buffer.from(RULES_4.fight, 'base64');
    const fight = decodeFight(bytes);
    expect(fight).toMatchObject({ rulesVersion: 4, engineDigest: RULES_4.digest });
    expect(fight.checksums.length).toBeGreaterThan(10);
    const { state, frames, firstWrongFrame } = simulateReplay(bytes);
    expect({ frames, firstWrongFrame }).toEqual({ frames: 600, firstWrongFrame: undefined });
    expect(checksumOf(RULES_4.digest)(state)).toBe(RULES_4.checksum);

    // And a fight that went otherwise is still found out.
    const inputs = fight.inputs.map((byte, index) => (index >= 800 && index % 4 === 0 ? byte ^ 4 : byte));
    expect(simulateReplay(encodeFight({ ...fight, inputs })).firstWrongFrame).toBeDefined();
  });

  it('REPLAY-7: of other engines than these two are not played', () => {
    expect([engineDigest(), RULES_4.digest, '00000000'].map(isPlayable)).toEqual([true, true, false]);
  });
});
