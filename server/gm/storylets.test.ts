import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConditions, type StoryFacts } from '../../proto/conditions';
import { type Condition, LINE_MOMENTS, type Storylet } from '../../proto/scenario-steps';
import { ANNOUNCER_LINES, REPLIES, TONES, toneOf } from './lines';
import { chooseLine, type Occasion, specificityOf } from './storylets';

const flags = ['a', 'b', 'c'];
const condition = fc.oneof(
  fc.constantFrom(...flags).map((flag): Condition => ({ flag })),
  fc.constantFrom(...flags).map((noFlag): Condition => ({ noFlag })),
);
const line = fc.record({
  where: fc.option(fc.subarray(['yard', 'gate'], { minLength: 1 }), { nil: undefined }),
  choice: fc.option(fc.constantFrom('thank', 'leave'), { nil: undefined }),
  if: fc.array(condition, { maxLength: 3 }),
  speaker: fc.constantFrom('coach', 'rival', 'announcer'),
});
const lines = fc.array(line, { maxLength: 20 }).map((made) =>
  made.map(
    ({ where, choice, ...rest }, n): Storylet => ({
      ...{ id: `line-${n}`, moment: 'arrive', effects: [], text: { en: `${n}`, ko: `${n}` } },
      ...rest,
      ...(where ? { where } : {}),
      ...(choice ? { choice } : {}),
    }),
  ),
);
const factsWith = (set: readonly string[]): StoryFacts => ({
  ...{ flags: new Set(set), affinities: {}, items: new Set(), stamina: 100, losses: 0, last: undefined },
});
const occasion = fc
  .record({
    sessionId: fc.string({ maxLength: 8 }),
    place: fc.constantFrom('yard', 'gate', undefined),
    choice: fc.constantFrom('thank', 'leave', undefined),
    flags: fc.subarray(flags),
    departed: fc.subarray(['coach', 'rival']),
    said: fc.uniqueArray(fc.integer({ min: 0, max: 19 }).map((n) => `line-${n}`)),
  })
  .map(({ flags: set, ...rest }): Occasion => ({ ...rest, moment: 'arrive', facts: factsWith(set) }));

/** Told again in other words than the code's. */
const isEligible = (one: Storylet, at: Occasion): boolean =>
  !at.departed.includes(one.speaker) &&
  (!one.where || one.where.some((place) => place === at.place)) &&
  (!one.choice || one.choice === at.choice) &&
  checkConditions(one.if, at.facts);

const plain = (n: number): Storylet => ({
  ...{ id: `p${n}`, moment: 'before_fight', speaker: 'announcer', if: [], effects: [] },
  text: { en: `${n}`, ko: `${n}` },
});
const at = (said: readonly string[], sessionId = 's'): Occasion => ({
  ...{ sessionId, moment: 'before_fight', facts: factsWith([]), departed: [], said },
});

describe('storylets', () => {
  it('GM-3: the most specific of those that fit and were not said wins', () => {
    fc.assert(
      fc.property(lines, occasion, (all, when) => {
        const eligible = all.filter((one) => isEligible(one, when));
        const fresh = eligible.filter(({ id }) => !when.said.includes(id));
        const chosen = chooseLine(all, when);
        if (fresh.length === 0) return;
        expect(fresh).toContain(chosen);
        expect(chosen && specificityOf(chosen)).toBe(Math.max(...fresh.map(specificityOf)));
      }),
    );
  });

  it('GM-4: a dry pool gives what was said longest ago, never what was said last', () => {
    fc.assert(
      fc.property(lines, occasion, (all, when) => {
        const eligible = all.filter((one) => isEligible(one, when));
        fc.pre(eligible.every(({ id }) => when.said.includes(id)));
        const chosen = chooseLine(all, when);
        const others = eligible.filter(({ id }) => id !== when.said.at(-1));
        const oldest = when.said.find((id) => others.some((one) => one.id === id));
        expect(chosen?.id).toBe(oldest);
      }),
      { numRuns: 1_000 },
    );
  });

  it('GM-3: equal inputs give equal answers, in whatever order the lines stand', () => {
    fc.assert(
      fc.property(lines, occasion, (all, when) => {
        expect(chooseLine(all.toReversed(), when)).toBe(chooseLine(all, when));
      }),
    );
  });

  it('GM-3: sessions draw differently among equals', () => {
    const pool = Array.from({ length: 12 }, (_, n) => plain(n));
    const first = new Set(Array.from({ length: 40 }, (_, n) => chooseLine(pool, at([], `s${n}`))?.id));
    expect(first.size).toBeGreaterThan(6);
  });

  it('GM-4: with twelve lines none is repeated in ten fights', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 12, max: 20 }), (sessionId, count) => {
        const pool = Array.from({ length: count }, (_, n) => plain(n));
        const said: string[] = [];
        for (let fight = 0; fight < 10; fight += 1)
          said.push(chooseLine(pool, at(said, sessionId))?.id ?? 'none');
        expect(new Set(said).size).toBe(10);
      }),
    );
  });

  it('GM-4: where all were said, those that stand in come before anything is said again, whoever says them', () => {
    fc.assert(
      fc.property(lines, lines, occasion, (all, more, when) => {
        const standIns = more.map((one) => ({ ...one, id: `house-${one.id}` }));
        const asked = { ...when, speaker: 'coach' };
        const own = all.filter((one) => one.speaker === 'coach' && isEligible(one, when));
        fc.pre(own.every(({ id }) => when.said.includes(id)));
        const eligible = standIns.filter((one) => isEligible(one, when));
        fc.pre(eligible.length > 0);
        const chosen = chooseLine(all, asked, standIns);
        expect(chosen).toBe(chooseLine(standIns, when));
        const later = { ...asked, said: [...eligible.map(({ id }) => id), ...when.said] };
        const last = later.said.at(-1);
        const pool = [...own, ...eligible].filter(({ id }) => id !== last);
        expect(chooseLine(all, later, standIns)?.id).toBe(
          later.said.find((id) => pool.some((one) => one.id === id)),
        );
      }),
    );
  });

  it('GM-4: the only line that fits is not said twice in a row', () => {
    expect(chooseLine([plain(1)], at(['p1']))).toBeUndefined();
    expect(chooseLine([plain(1)], at(['p1', 'p2']))?.id).toBe('p1');
  });
});

describe('lines of the house', () => {
  it('GM-4: there are at least twelve without a condition for whatever comes once a fight', () => {
    for (const moment of ['arrive', 'before_fight', 'after_win', 'after_loss'])
      expect(
        ANNOUNCER_LINES.filter((one) => one.moment === moment && one.if.length === 0).length,
      ).toBeGreaterThanOrEqual(12);
  });

  it('GM-2: no moment and no tone is without lines, and no id stands twice', () => {
    for (const moment of LINE_MOMENTS)
      expect(
        ANNOUNCER_LINES.filter((one) => one.moment === moment && one.if.length === 0).length,
      ).toBeGreaterThan(1);
    for (const tone of TONES)
      expect(REPLIES.filter(({ choice }) => choice === tone).length).toBeGreaterThan(1);
    const ids = [...ANNOUNCER_LINES, ...REPLIES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('GM-9: a tone is heard in free words of both languages', () => {
    expect(toneOf('negotiate')).toBe('negotiate');
    expect(toneOf('I will crush you, or else.')).toBe('threaten');
    expect(toneOf('거래를 하자')).toBe('negotiate');
    expect(toneOf('주위를 둘러본다')).toBe('inspect');
    expect(toneOf('hm')).toBe('talk');
  });
});
