import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecentWaits, estimateMs } from './estimate';
import { distanceOf, mayMeet, meetAt, pairUp, type Waiting, WINDOW, windowAfter } from './matchmaker';

const NOW = 1_000_000;
const IDS = ['ada', 'ben', 'cho', 'dai', 'eve', 'fei', 'gil', 'han'];

const person = (playerId: string, fields: Partial<Waiting> = {}): Waiting => ({
  ...{ playerId, rating: 1500, rttMs: 20, sinceMs: NOW, avoided: new Set<string>() },
  ...fields,
});

const somebody = (playerId: string) =>
  fc.record({
    playerId: fc.constant(playerId),
    rating: fc.integer({ min: 900, max: 2300 }),
    rttMs: fc.option(fc.integer({ min: 1, max: 400 })),
    sinceMs: fc.integer({ min: NOW - 90_000, max: NOW }),
    avoided: fc.subarray(IDS).map((ids) => new Set(ids)),
  });
const crowd = fc.subarray(IDS).chain((ids) => fc.tuple(...ids.map(somebody)));

describe('the matchmaker', () => {
  it('SIG-31: brings nobody together twice, with himself, or with somebody who is avoided by either', () => {
    fc.assert(
      fc.property(crowd, (waiting) => {
        const pairs = pairUp(waiting, NOW);
        const ids = pairs.flat().map(({ playerId }) => playerId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const [one, two] of pairs) expect(mayMeet(one, two)).toBe(true);
      }),
    );
  });

  it('SIG-31: the same person twice in the queue never fights himself', () => {
    expect(pairUp([person('ada'), person('ada', { sinceMs: NOW - 90_000 })], NOW)).toEqual([]);
  });

  it('SIG-32: pairs only who is in the window of both, or whom one has waited a minute for', () => {
    fc.assert(
      fc.property(crowd, (waiting) => {
        for (const [one, two] of pairUp(waiting, NOW)) {
          const [first, second] = [windowAfter(NOW - one.sinceMs), windowAfter(NOW - two.sinceMs)];
          const isUnlimited = Math.max(first, second) === Number.POSITIVE_INFINITY;
          if (!isUnlimited) expect(distanceOf(one, two)).toBeLessThanOrEqual(Math.min(first, second) + 1e-6);
        }
      }),
    );
  });

  it('leaves no two waiting who could fight now', () => {
    fc.assert(
      fc.property(crowd, (waiting) => {
        const paired = new Set(pairUp(waiting, NOW).flat());
        const left = waiting.filter((one) => !paired.has(one));
        for (const one of left)
          for (const two of left) if (mayMeet(one, two)) expect(meetAt(one, two)).toBeGreaterThan(NOW);
      }),
    );
  });

  it('comes to the same pairs in whatever order people are told of', () => {
    const shuffled = crowd.chain((waiting) =>
      fc.tuple(
        fc.constant(waiting),
        fc.shuffledSubarray([...waiting], { minLength: waiting.length, maxLength: waiting.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([waiting, other]) => {
        expect(pairUp(other, NOW)).toEqual(pairUp(waiting, NOW));
      }),
    );
  });

  it('who has waited longest chooses first, and takes the nearest', () => {
    const waiting = [
      person('new', { rating: 1510 }),
      person('near', { rating: 1520, sinceMs: NOW - 20_000 }),
      person('old', { rating: 1500, sinceMs: NOW - 40_000 }),
    ];
    expect(pairUp(waiting, NOW).map((pair) => pair.map(({ playerId }) => playerId))).toEqual([
      ['old', 'new'],
    ]);
  });

  it('a long line counts as distance', () => {
    const far = person('far', { rating: 1500, rttMs: 300, sinceMs: NOW - 20_000 });
    const near = person('near', { rating: 1540, sinceMs: NOW - 20_000 });
    const one = person('one', { sinceMs: NOW - 30_000 });
    expect(pairUp([far, near, one], NOW)[0]).toEqual([one, near]);
  });

  it('SIG-32: the window begins at 60, widens by 6 a second, and is open after a minute', () => {
    expect([0, 10_000, 59_999, 60_000].map(windowAfter)).toEqual([
      WINDOW.start,
      120,
      expect.closeTo(420, 1),
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('the estimate', () => {
  it('is when the next one comes near enough, and that is when they are paired', () => {
    fc.assert(
      fc.property(somebody('ada'), somebody('ben'), (one, two) => {
        const left = estimateMs(one, [one, two], createRecentWaits(), NOW);
        expect(left === null).toBe(!mayMeet(one, two));
        if (left === null) return;
        const at = NOW + left;
        expect(pairUp([one, two], at + 1)).toHaveLength(1);
        if (left) expect(pairUp([one, two], at - 1)).toHaveLength(0);
      }),
    );
  });

  it('is what others waited of late where nobody is there, and nothing once that is over', () => {
    const recent = createRecentWaits();
    for (const wait of [10_000, 20_000, 90_000]) recent.add(wait);
    expect(estimateMs(person('ada'), [], recent, NOW)).toBe(20_000);
    expect(estimateMs(person('ada', { sinceMs: NOW - 25_000 }), [], recent, NOW)).toBeNull();
  });
});
