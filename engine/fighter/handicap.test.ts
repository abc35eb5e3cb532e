import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from './checksum';
import { firstDifference } from './describe';
import {
  combineHandicaps,
  fillHandicap,
  HANDICAP_BOUNDS,
  HANDICAP_NAMES,
  type Handicap,
  ITEM_BOUNDS,
  NO_HANDICAP,
} from './handicap';
import { Input } from './inputs';
import { isMatchOver, matchWinner, roundsWon } from './outcome';
import { readState } from './readout';
import { MAX_GAUGE } from './rules';
import {
  at,
  createState,
  Fighter,
  fullHealth,
  Match,
  Phase,
  PLAYER_1,
  PLAYER_2,
  STATE_WORDS,
  winsNeeded,
} from './state';
import { step } from './step';
import { handicaps, presses, unevenConfigs, unroll } from './testing/play';

const FRAMES = 600;
const TIMEOUT_MS = 30_000;
const PLAIN = { seed: 1, characters: [1, 2] } as const;

/** A match in which player 2 has a handicap, its fight begun, both within reach of a blow. */
function fighting(handicap: Handicap, other: Handicap = {}): Int32Array {
  const state = createState({ ...PLAIN, handicaps: [other, handicap] });
  while (at(state, Match.PHASE) !== Phase.FIGHT) step(state, 0, 0);
  state[PLAYER_1 + Fighter.X] = -10_000;
  state[PLAYER_2 + Fighter.X] = 10_000;
  return state;
}

/** What player 1's heavy blow takes from player 2. */
function damageOf(state: Int32Array): number {
  const before = at(state, PLAYER_2 + Fighter.HEALTH);
  for (let i = 0; i < 40; i += 1) step(state, i === 0 ? Input.Heavy : 0, 0);
  return before - at(state, PLAYER_2 + Fighter.HEALTH);
}

describe('handicaps', () => {
  it('GAME-10: one that changes nothing, and two wins needed, are the match without any', () => {
    const named = createState({ ...PLAIN, winsNeeded: 2, handicaps: [NO_HANDICAP, {}] });
    expect(firstDifference(named, createState(PLAIN))).toBeUndefined();
  });

  it('GAME-10: give another first state for each part that differs, so that checksums tell', () => {
    const sums = new Set([checksum(createState(PLAIN))]);
    for (const name of HANDICAP_NAMES) {
      const [least, most] = HANDICAP_BOUNDS[name];
      const other = least === NO_HANDICAP[name] ? most : least;
      sums.add(checksum(createState({ ...PLAIN, handicaps: [{ [name]: other }, {}] })));
      sums.add(checksum(createState({ ...PLAIN, handicaps: [{}, { [name]: other }] })));
    }
    sums.add(checksum(createState({ ...PLAIN, winsNeeded: 1 })));
    expect(sums.size).toBe(2 + 2 * HANDICAP_NAMES.length);
  });

  it.each(HANDICAP_NAMES)('GAME-10: are refused outside their bounds: %s', (name) => {
    const [least, most] = HANDICAP_BOUNDS[name];
    for (const value of [least - 1, most + 1, least + 0.5, Number.NaN])
      expect(() => createState({ ...PLAIN, handicaps: [{}, { [name]: value }] })).toThrow(RangeError);
    for (const value of [least, most])
      expect(() => createState({ ...PLAIN, handicaps: [{}, { [name]: value }] })).not.toThrow();
  });

  it('GAME-10: set the full health, the share of it that a round begins with, and what the readout shows', () => {
    const state = createState({
      ...PLAIN,
      handicaps: [{ healthPercent: 200 }, { healthPercent: 50, startHealthPercent: 40 }],
    });
    expect([fullHealth(state, PLAYER_1), at(state, PLAYER_1 + Fighter.HEALTH)]).toEqual([1900, 1900]);
    expect([fullHealth(state, PLAYER_2), at(state, PLAYER_2 + Fighter.HEALTH)]).toEqual([540, 216]);
    expect(readState(state)).toMatchObject({ player1: { health: 100 }, player2: { health: 40 } });
  });

  it('GAME-10: change damage by the power of who strikes and the armour of who is struck', () => {
    const plain = damageOf(fighting({}));
    expect(plain).toBe(92);
    expect(damageOf(fighting({ armourPercent: 50 }))).toBe(46);
    expect(damageOf(fighting({}, { powerPercent: 150 }))).toBe(138);
    expect(damageOf(fighting({ armourPercent: 150 }, { powerPercent: 50 }))).toBe(69);
    // Their own power and the other's armour are no matter of theirs.
    expect(damageOf(fighting({ powerPercent: 150 }, { armourPercent: 50 }))).toBe(plain);
  });

  it('GAME-10: change the gauge at the start of the match and what is gained, never above the full', () => {
    const gained = (handicap: Handicap): number => {
      const state = fighting(handicap);
      damageOf(state);
      return at(state, PLAYER_2 + Fighter.GAUGE);
    };
    expect([gained({}), gained({ gaugePercent: 300 }), gained({ gaugePercent: 0 })]).toEqual([26, 78, 0]);
    expect(gained({ gaugeStart: 500 })).toBe(526);
    expect(gained({ gaugeStart: 1000, gaugePercent: 300 })).toBe(MAX_GAUGE);
  });

  it('GAME-10: change how fast one walks', () => {
    const walked = (speedPercent: number): number => {
      const state = createState({ ...PLAIN, handicaps: [{ speedPercent }, {}] });
      while (at(state, Match.PHASE) !== Phase.FIGHT) step(state, 0, 0);
      const from = at(state, PLAYER_1 + Fighter.X);
      for (let i = 0; i < 10; i += 1) step(state, Input.Left, 0);
      return from - at(state, PLAYER_1 + Fighter.X);
    };
    expect([walked(80), walked(100), walked(120)]).toEqual([4800, 6000, 7200]);
  });

  it('GAME-10: stay for all rounds, but for the gauge, which goes on', () => {
    const own = { healthPercent: 60, startHealthPercent: 50, speedPercent: 90, powerPercent: 120 };
    const state = createState({ ...PLAIN, handicaps: [{ ...own, gaugeStart: 300 }, {}] });
    const first = state.slice(PLAYER_1 + Fighter.HEALTH_CHANGE, PLAYER_2);
    state[PLAYER_1 + Fighter.GAUGE] = 120;
    while (at(state, Match.ROUND) === 1) {
      if (at(state, Match.PHASE) === Phase.FIGHT) state[PLAYER_2 + Fighter.HEALTH] = 0;
      step(state, 0, 0);
    }
    expect(state.slice(PLAYER_1 + Fighter.HEALTH_CHANGE, PLAYER_2)).toEqual(first);
    expect(at(state, PLAYER_1 + Fighter.HEALTH)).toBe(285);
    expect(at(state, PLAYER_1 + Fighter.GAUGE)).toBe(120);
  });

  it('GAME-10: one win needed ends the match with the first round; equal at time-out it is a draw', () => {
    const state = createState({ ...PLAIN, winsNeeded: 1 });
    expect([winsNeeded(state), winsNeeded(createState(PLAIN))]).toEqual([1, 2]);
    const draw = state.slice();
    while (!isMatchOver(state)) {
      if (at(state, Match.PHASE) === Phase.FIGHT) state[PLAYER_2 + Fighter.HEALTH] = 0;
      step(state, 0, 0);
    }
    expect([at(state, Match.ROUND), matchWinner(state), roundsWon(state, 1)]).toEqual([1, 1, 1]);
    while (!isMatchOver(draw)) step(draw, 0, 0);
    expect([at(draw, Match.ROUND), matchWinner(draw)]).toEqual([1, 0]);
  });

  it('GAME-10: at time-out each is measured by their own full health', () => {
    const state = createState({
      ...PLAIN,
      winsNeeded: 1,
      handicaps: [{ healthPercent: 200, startHealthPercent: 60 }, { startHealthPercent: 70 }],
    });
    expect(at(state, PLAYER_1 + Fighter.HEALTH)).toBeGreaterThan(at(state, PLAYER_2 + Fighter.HEALTH));
    while (!isMatchOver(state)) step(state, 0, 0);
    expect(matchWinner(state)).toBe(2);
  });
});

describe('a match with handicaps', () => {
  it(
    'GAME-10: keeps within its bounds and is the same again after a rollback, at every frame',
    () => {
      let hurt = 0;
      fc.assert(
        fc.property(unevenConfigs, presses, presses, (config, first, second) => {
          const state = createState(config);
          const again = createState(config);
          const snapshot = new Int32Array(STATE_WORDS);
          const one = unroll(first, FRAMES + 8);
          const two = unroll(second, FRAMES + 8);
          for (let i = 0; i < FRAMES; i += 1) {
            // Eight frames on a guess, back, and the frame that was.
            snapshot.set(state);
            for (let k = i; k < i + 8; k += 1) step(state, two[k] ?? 0, one[k] ?? 0);
            state.set(snapshot);
            step(state, one[i] ?? 0, two[i] ?? 0);
            step(again, one[i] ?? 0, two[i] ?? 0);
            const different = firstDifference(state, again);
            if (different) expect.fail(`frame ${i}: ${JSON.stringify(different)}`);
            for (const player of [PLAYER_1, PLAYER_2]) {
              const health = at(state, player + Fighter.HEALTH);
              if (health < 0 || health > fullHealth(state, player)) expect.fail(`health ${health}`);
              if (at(state, player + Fighter.GAUGE) > MAX_GAUGE) expect.fail('too much gauge');
            }
            const { player1, player2 } = readState(state);
            for (const { health } of [player1, player2]) if (health > 100) expect.fail(`share ${health}`);
          }
          if (at(state, PLAYER_1 + Fighter.HURT_FRAME) > 0) hurt += 1;
        }),
        { numRuns: 25 },
      );
      expect(hurt).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

describe('items together', () => {
  it('add up what each changes, in any order', () => {
    const list = [{ healthPercent: 110, gaugeStart: 100 }, { healthPercent: 115 }, { speedPercent: 97 }];
    const sum = { ...NO_HANDICAP, healthPercent: 125, gaugeStart: 100, speedPercent: 97 };
    expect(combineHandicaps(list)).toEqual(sum);
    expect(combineHandicaps([...list].reverse())).toEqual(sum);
    expect(combineHandicaps([])).toEqual(NO_HANDICAP);
  });

  it('come to no more than 30 % health, 20 % power, 20 % less damage, 500 gauge, twice the gain, 8 % speed', () => {
    const all = {
      ...{ healthPercent: 200, powerPercent: 150, armourPercent: 50, gaugeStart: 1000 },
      ...{ gaugePercent: 300, speedPercent: 120 },
    };
    expect(combineHandicaps([all, all])).toEqual({
      ...{ healthPercent: 130, startHealthPercent: 100, powerPercent: 120, armourPercent: 80 },
      ...{ gaugeStart: 500, gaugePercent: 200, speedPercent: 108 },
    });
  });

  it('are within what the simulation takes, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(handicaps), (list) => {
        const sum = combineHandicaps(list);
        expect(fillHandicap(sum)).toEqual(sum);
        for (const name of HANDICAP_NAMES) {
          expect(sum[name]).toBeGreaterThanOrEqual(ITEM_BOUNDS[name][0]);
          expect(sum[name]).toBeLessThanOrEqual(ITEM_BOUNDS[name][1]);
        }
      }),
    );
  });
});
