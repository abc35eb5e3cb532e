import { describe, expect, it } from 'vitest';
import { isMatchOver } from '../fighter/outcome';
import { SUB } from '../fighter/rules';
import { at, createState, Fighter, Match, PLAYER_1, PLAYER_2 } from '../fighter/state';
import { step } from '../fighter/step';
import { createHindsight } from './hindsight';
import { LEVEL_OF, MAX_LEVEL, strengthAt } from './levels';
import { createOpponent } from './opponent';
import { STRENGTH_NAMES, STRENGTHS } from './strengths';
import { BOT_NAMES, type BotName, sumOf, type Weights } from './temperaments';
import { duel, MATCH_UPS, winsOf } from './testing/duel';

const LEVELS = Array.from({ length: MAX_LEVEL + 1 }, (_, level) => level);
const LEANINGS = [undefined, ...BOT_NAMES];
/** `npm run bench:levels` plays every pair of levels; these few notice a road that goes down. */
const SEEDS = 2;
const TIMEOUT_MS = 60_000;

/** Share of one tactic, in thousandths. */
function shareOf(weights: Weights, tactic: string): number {
  const own = weights.find(([name]) => name === tactic)?.[1] ?? 0;
  return (own * 1000) / sumOf(weights);
}

describe('levels', () => {
  it('BOT-1: pass through the strengths that have names', () => {
    for (const name of STRENGTH_NAMES) expect(strengthAt(LEVEL_OF[name])).toBe(STRENGTHS[name]);
  });

  it.each([-1, 101, 0.5, Number.NaN])('BOT-1: are whole numbers from 0 to 100: not %d', (level) => {
    expect(() => strengthAt(level)).toThrow(RangeError);
    expect(() => createOpponent(level, 1)).toThrow(RangeError);
  });

  it.each(LEANINGS)('BOT-1: are whole numbers in their ranges throughout (leaning to %s)', (leaning) => {
    for (const level of LEVELS) {
      const { manner, ...rest } = strengthAt(level, leaning);
      const { far, mid, near, ...chances } = manner;
      for (const number of [...Object.values(rest), ...Object.values(chances)])
        expect(Number.isInteger(number), `level ${level}`).toBe(true);
      for (const weights of [far, mid, near]) {
        expect(sumOf(weights)).toBeGreaterThan(0);
        expect(weights.every(([, weight]) => Number.isInteger(weight) && weight > 0)).toBe(true);
      }
      const { guardChance, antiAirChance, techChance, comboChance } = chances;
      for (const percent of [guardChance, antiAirChance, techChance, comboChance, rest.thoughtPercent]) {
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
      }
      expect(rest.caprice).toBeGreaterThan(0);
    }
  });

  it.each(LEANINGS)('BOT-1: change a little from one to the next (leaning to %s)', (leaning) => {
    for (const level of LEVELS.slice(1)) {
      const [before, after] = [strengthAt(level - 1, leaning), strengthAt(level, leaning)];
      for (const name of ['guardChance', 'antiAirChance', 'techChance', 'comboChance'] as const)
        expect(Math.abs(after.manner[name] - before.manner[name])).toBeLessThanOrEqual(4);
      expect(Math.abs(after.thoughtPercent - before.thoughtPercent)).toBeLessThanOrEqual(4);
      for (const band of ['far', 'mid', 'near'] as const) {
        const tactics = new Set([...before.manner[band], ...after.manner[band]].map(([tactic]) => tactic));
        for (const tactic of tactics) {
          const change = shareOf(after.manner[band], tactic) - shareOf(before.manner[band], tactic);
          expect(Math.abs(change), `${tactic} ${band} at level ${level}`).toBeLessThanOrEqual(45);
        }
      }
    }
  });

  it.each([
    [20, 0],
    [45, 20],
    [70, 45],
    [100, 70],
  ])(
    'BOT-2: %i beats %i',
    (higher, lower) => {
      const wins = MATCH_UPS.map((characters) => winsOf(higher, lower, characters, 300, SEEDS));
      const sum = wins.reduce((all, each) => all + each, 0);
      expect(sum / (SEEDS * MATCH_UPS.length), wins.join(' ')).toBeGreaterThanOrEqual(0.65);
    },
    TIMEOUT_MS,
  );
});

describe('a leaning', () => {
  it.each(BOT_NAMES)(
    'BOT-3: makes nobody better who only stands about (%s)',
    (leaning) => {
      let wins = 0;
      for (const [seed, characters] of MATCH_UPS.entries())
        if (duel([0, 10], characters, seed, [leaning, undefined]).winner === 1) wins += 1;
      expect(wins).toBe(0);
    },
    TIMEOUT_MS,
  );

  /** The mean distance that an opponent keeps in the first seconds from one who mostly stands, stage units. */
  function distanceOf(level: number, leaning: BotName): number {
    let sum = 0;
    let frames = 0;
    for (let seed = 0; seed < 4; seed += 1) {
      const state = createState({ seed, characters: [1 + (seed & 1), 1 + ((seed >> 1) & 1)] });
      const seen = createHindsight();
      const [one, two] = [createOpponent(level, seed, leaning), createOpponent(10, seed + 50)];
      while (!isMatchOver(state) && at(state, Match.FRAME) < 900) {
        seen.push(state);
        step(state, one.decide(seen.late, 1), two.decide(seen.late, 2));
        sum += Math.abs(at(state, PLAYER_1 + Fighter.X) - at(state, PLAYER_2 + Fighter.X)) / SUB;
        frames += 1;
      }
    }
    return sum / frames;
  }

  it.each([30, 55, 85])(
    'BOT-3: shows: at level %i who leans to zoning keeps away, who leans to rushing does not',
    (level) => {
      const [near, far] = [distanceOf(level, 'rushdown'), distanceOf(level, 'zoner')];
      expect(far - near, `${far} and ${near}`).toBeGreaterThan(10);
    },
    TIMEOUT_MS,
  );

  it('BOT-3: works on a named strength as on its level', () => {
    const state = createState({ seed: 4, characters: [1, 2] });
    const seen = createHindsight();
    const [named, numbered] = [createOpponent('normal', 8, 'zoner'), createOpponent(55, 8, 'zoner')];
    let pressed = 0;
    for (let frame = 0; frame < 600; frame += 1) {
      seen.push(state);
      const mask = named.decide(seen.late, 1);
      expect(numbered.decide(seen.late, 1)).toBe(mask);
      if (mask !== 0) pressed += 1;
      step(state, mask, 0);
    }
    expect(pressed).toBeGreaterThan(100);
  });
});
