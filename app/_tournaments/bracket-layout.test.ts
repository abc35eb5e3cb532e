import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawUp, matchesOf } from '@/server/tournaments/brackets/bracket';
import { type BracketPart, layOutBracket } from './bracket-layout';
import { openPairing } from './testing-pairings';

/** A bracket as the rule book draws it up, as the page gets it. */
async function bracketOf(format: 'single' | 'double', players: number) {
  const seeded = Array.from({ length: players }, (_, index) => `p${index + 1}`);
  const matches = matchesOf(await drawUp(format, seeded));
  return layOutBracket(
    format,
    matches.map(({ number, group, round, row }) => openPairing({ number, group, round, row })),
  );
}

const boxes = ({ rounds }: BracketPart) => rounds.flatMap(({ pairings }) => pairings);

describe('a bracket on the page', () => {
  it('calls its last rounds by name', async () => {
    const [part] = await bracketOf('single', 16);
    expect(part?.rounds.map(({ name }) => name)).toEqual([
      { kind: 'roundOf', players: 16 },
      { kind: 'quarterfinal' },
      { kind: 'semifinal' },
      { kind: 'final' },
    ]);
  });

  it('puts a pairing in the middle between the two that lead to it', async () => {
    const [part] = await bracketOf('single', 8);
    for (const { to } of part?.links ?? []) {
      const froms = part?.links.filter((link) => link.to === to).map(({ from }) => from.middle) ?? [];
      expect(froms).toHaveLength(2);
      expect(to.middle).toBe(((froms[0] ?? 0) + (froms[1] ?? 0)) / 2);
    }
    expect(part?.height).toBe(4);
  });

  it('draws the three parts of a double elimination', async () => {
    const parts = await bracketOf('double', 8);
    expect(parts.map(({ kind }) => kind)).toEqual(['winners', 'losers', 'final']);
    expect(parts[1]?.rounds.map(({ name }) => name.kind)).toEqual([
      'losersRound',
      'losersRound',
      'losersRound',
      'losersFinal',
    ]);
    expect(parts[2]?.rounds.map(({ name }) => name.kind)).toEqual(['grandFinal']);
  });

  it('shows every pairing once, none over another, whatever the number of players', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<'single' | 'double'>('single', 'double'),
        fc.integer({ min: 2, max: 70 }),
        async (format, players) => {
          const parts = await bracketOf(format, players);
          const all = parts.flatMap(boxes);
          const seeded = Array.from({ length: players }, (_, index) => `p${index}`);
          expect(all).toHaveLength(matchesOf(await drawUp(format, seeded)).length);
          for (const part of parts)
            for (const { pairings } of part.rounds)
              pairings.forEach(({ middle }, index) => {
                expect(middle).toBeGreaterThanOrEqual(0.5);
                expect(middle).toBeLessThanOrEqual(part.height - 0.5);
                if (index > 0) expect(middle - (pairings[index - 1]?.middle ?? 0)).toBeGreaterThanOrEqual(1);
              });
        },
      ),
      { seed: 11, numRuns: 40 },
    );
  });
});
