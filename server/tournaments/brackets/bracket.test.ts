import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Bracket,
  type BracketFormat,
  championOf,
  changesOf,
  drawUp,
  matchesOf,
  placesOf,
  withReplaced,
  withResult,
} from './bracket';

const players = (count: number) => Array.from({ length: count }, (_, index) => `p${index + 1}`);

const openOf = (bracket: Bracket) =>
  matchesOf(bracket).filter(
    (match) => match.player1Id !== null && match.player2Id !== null && match.winner === 0,
  );

/** Plays a bracket in any order; what the draw of a number says decides each match. */
async function play(format: BracketFormat, count: number, random: () => number) {
  let bracket = await drawUp(format, players(count));
  let played = 0;
  const losses = new Map<string, number>();
  for (let open = openOf(bracket); open.length > 0; open = openOf(bracket)) {
    expect(championOf(bracket)).toBeUndefined();
    expect(placesOf(bracket)).toBeUndefined();
    const match = open[random() % open.length];
    if (!match) break;
    const winner = random() % 2 === 0 ? 1 : 2;
    const loser = (winner === 1 ? match.player2Id : match.player1Id) ?? '';
    losses.set(loser, (losses.get(loser) ?? 0) + 1);
    // As it goes through the database between two fights.
    const after: Bracket = JSON.parse(JSON.stringify(await withResult(bracket, match.number, winner)));
    // However large the bracket: this one, the next ones of the two, and the second grand final.
    const changed = changesOf(bracket, after).map(({ number }) => number);
    expect(changed).toContain(match.number);
    expect(changed.length).toBeLessThanOrEqual(4);
    bracket = after;
    played += 1;
  }
  return { bracket, played, losses };
}

const SEED = 20261126;

describe('a bracket', () => {
  it('TOUR-5: of 2 to 64 people ends with one winner and a place for everybody, whatever the results', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<BracketFormat>('single', 'double'),
        fc.integer({ min: 2, max: 64 }),
        fc.integer({ min: 1, max: 0x7fff_ffff }),
        async (format, count, seed) => {
          let state = seed;
          const random = () => {
            state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
            return state >> 8;
          };
          const { bracket, played, losses } = await play(format, count, random);
          const places = placesOf(bracket);
          const champion = championOf(bracket) ?? '';
          expect(places?.size).toBe(count);
          expect([...(places ?? [])].filter(([, place]) => place === 1)).toEqual([[champion, 1]]);
          // Shared places count: after two thirds comes a fifth.
          for (const place of places?.values() ?? [])
            expect([...(places?.values() ?? [])].filter((other) => other < place)).toHaveLength(place - 1);
          const allowed = format === 'single' ? 1 : 2;
          for (const player of players(count))
            if (player === champion) expect(losses.get(player) ?? 0).toBeLessThan(allowed);
            else expect(losses.get(player)).toBe(allowed);
          if (format === 'single') expect(played).toBe(count - 1);
          else expect(played).toBe(2 * count - 2 + (losses.get(champion) ?? 0));
          expect(matchesOf(bracket)).toHaveLength(played);
        },
      ),
      {
        seed: SEED,
        numRuns: 60,
        examples: [
          ['double', 2, 1],
          ['double', 3, 5],
          ['single', 2, 3],
          ['double', 64, 9],
        ],
      },
    );
  });

  it('keeps the first two apart until the final, and gives byes to the best', async () => {
    const bracket = await drawUp('single', players(6));
    expect(matchesOf(bracket).map(({ player1Id, player2Id }) => [player1Id, player2Id])).toEqual([
      ['p4', 'p5'],
      ['p3', 'p6'],
      ['p1', null],
      ['p2', null],
      [null, null],
    ]);
  });

  it('takes a result once, for a match that is open', async () => {
    const bracket = await drawUp('single', players(4));
    await expect(withResult(bracket, 2, 1)).rejects.toThrow('not open');
    const after = await withResult(bracket, 0, 1);
    await expect(withResult(after, 0, 2)).rejects.toThrow('not open');
    expect(matchesOf(bracket)[0]?.winner).toBe(0);
  });

  it('goes on with somebody in another’s stead', async () => {
    const bracket = withReplaced(await drawUp('double', players(4)), 'p4', 'late');
    expect(matchesOf(bracket)[0]).toMatchObject({ player1Id: 'p1', player2Id: 'late' });
  });
});
