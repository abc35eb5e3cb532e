import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AGAIN_AFTER_MS, pairUp, type Waiting } from './pair-up';
import { placesByPoints, scoreAfter } from './score';

const waiting = fc
  .array(
    fc.record({
      points: fc.integer({ min: 0, max: 40 }),
      rating: fc.integer({ min: 800, max: 2200 }),
      last: fc.option(fc.integer({ min: 0, max: 29 }), { nil: null }),
      since: fc.integer({ min: 0, max: 60_000 }),
    }),
    { maxLength: 30 },
  )
  .map((people) =>
    people.map(
      ({ last, ...rest }, index): Waiting => ({
        ...rest,
        playerId: `p${index}`,
        lastOpponentId: last === null || last === index ? null : `p${last}`,
      }),
    ),
  );

const metLast = ([one, two]: readonly [Waiting, Waiting]) =>
  one.lastOpponentId === two.playerId || two.lastOpponentId === one.playerId;

describe('the pairings of an arena', () => {
  it('TOUR-11: use nobody twice, and the same two again only after a while', () => {
    fc.assert(
      fc.property(waiting, (people) => {
        const now = 60_000;
        const pairs = pairUp(people, now);
        const used = pairs.flatMap(([one, two]) => [one.playerId, two.playerId]);
        expect(new Set(used).size).toBe(used.length);
        for (const pair of pairs)
          if (metLast(pair))
            expect(now - Math.max(pair[0].since, pair[1].since)).toBeGreaterThanOrEqual(AGAIN_AFTER_MS);
        // Who is left over could have been sent against nobody who is left over.
        const left = people.filter(({ playerId }) => !used.includes(playerId));
        if (left.length > 1)
          for (const one of left)
            for (const two of left) if (one !== two) expect(metLast([one, two])).toBe(true);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('are between those whose points are nearest, the longest waiting first', () => {
    const person = (playerId: string, points: number, since: number): Waiting => ({
      playerId,
      points,
      rating: 1500,
      lastOpponentId: null,
      since,
    });
    const people = [
      person('a', 0, 5),
      person('b', 9, 1),
      person('c', 8, 9),
      person('d', 1, 7),
      person('e', 4, 8),
    ];
    expect(pairUp(people, 10).map((pair) => pair.map(({ playerId }) => playerId))).toEqual([
      ['b', 'c'],
      ['a', 'd'],
    ]);
  });

  it('leave 20 people waiting for 10 s or less at the median', () => {
    const waits: number[] = [];
    let state = 2_026;
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return state / 0x8000_0000;
    };
    const people = Array.from({ length: 20 }, (_, index) => ({
      playerId: `p${index}`,
      points: 0,
      streak: 0,
      rating: 1_200 + index * 30,
      lastOpponentId: null as string | null,
      readyAt: 0,
    }));
    const fights: { readonly until: number; readonly ids: readonly [string, string] }[] = [];
    const of = (id: string) => people.find(({ playerId }) => playerId === id);
    // An hour, looked at twice a second; fights of 40 to 200 s and 5 s to connect; one in ten rests for a minute.
    for (let now = 0; now < 3_600_000; now += 500) {
      for (const fight of fights.filter(({ until }) => until <= now)) {
        fights.splice(fights.indexOf(fight), 1);
        const won = random() < 0.5 ? 0 : 1;
        for (const [index, id] of fight.ids.entries()) {
          const person = of(id);
          if (!person) continue;
          Object.assign(person, scoreAfter(person, index === won ? 'won' : 'lost'));
          person.readyAt = random() < 0.1 ? now + 60_000 : now;
        }
      }
      const busy = new Set(fights.flatMap(({ ids }) => ids));
      const free = people
        .filter(({ playerId, readyAt }) => !busy.has(playerId) && readyAt <= now)
        .map(({ readyAt, ...person }): Waiting => ({ ...person, since: readyAt }));
      for (const [one, two] of pairUp(free, now)) {
        waits.push(now - one.since, now - two.since);
        const [first, second] = [of(one.playerId), of(two.playerId)];
        if (first) first.lastOpponentId = two.playerId;
        if (second) second.lastOpponentId = one.playerId;
        fights.push({ until: now + 45_000 + random() * 160_000, ids: [one.playerId, two.playerId] });
      }
    }
    waits.sort((one, two) => one - two);
    const at = (share: number) => (waits[Math.floor(waits.length * share)] ?? Number.NaN) / 1_000;
    expect(waits.length).toBeGreaterThan(300);
    expect(at(0.5)).toBeLessThanOrEqual(10);
  });

  it('TOUR-12: give 2, 1 and 0 points, double after two in a row that were won', () => {
    const results = ['won', 'won', 'won', 'drawn', 'won', 'lost', 'won', 'won', 'drawn'] as const;
    let score = { points: 0, streak: 0 };
    const points = results.map((result) => {
      score = scoreAfter(score, result);
      return score.points;
    });
    expect(points).toEqual([2, 4, 8, 10, 12, 12, 14, 16, 18]);
  });

  it('end with places that equal points share', () => {
    const standings = [5, 9, 5, 0].map((points, index) => ({ userId: `p${index}`, points }));
    expect([...placesByPoints(standings).values()]).toEqual([2, 1, 2, 4]);
  });
});
