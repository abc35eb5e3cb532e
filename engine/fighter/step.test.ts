import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from './checksum';
import { firstDifference } from './describe';
import { mirrorInput } from './inputs';
import { isMatchOver, matchWinner } from './outcome';
import { type PlayerReadout, readState } from './readout';
import { MAX_GAUGE, MAX_MATCH_FRAMES, SUB, WALL_X } from './rules';
import { at, createState, Fighter, Match, PLAYER_1, PLAYER_2, PLAYER_WORDS, STATE_WORDS } from './state';
import { step } from './step';
import { configs, fightAt, type Press, presses, unroll } from './testing/play';

const FRAMES = 600;
/** Properties take long on a busy machine. */
const TIMEOUT_MS = 30_000;

/** Both jump into the same corner, and the wall stops both in the same frame. */
const SAME_CORNER: [{ seed: number; characters: [number, number] }, Press[], Press[], number] = [
  { seed: 0, characters: [1, 1] },
  [
    { mask: 29_248, frames: 7 },
    { mask: 29_818, frames: 15 },
    { mask: 0, frames: 17 },
    { mask: 1_977, frames: 23 },
  ],
  [
    { mask: 0, frames: 2 },
    { mask: 14_208, frames: 8 },
    { mask: 0, frames: 6 },
    { mask: 36_089, frames: 23 },
    { mask: 0, frames: 22 },
  ],
  37,
];

/** The state as it would look in a mirror, with the players' names exchanged. */
function mirror(state: Int32Array): Int32Array {
  const out = new Int32Array(state);
  out.set(state.subarray(PLAYER_2, PLAYER_2 + PLAYER_WORDS), PLAYER_1);
  out.set(state.subarray(PLAYER_1, PLAYER_1 + PLAYER_WORDS), PLAYER_2);
  const signed = ['X', 'VX', 'SLIDE', 'FACING', 'TAP', 'SHOT_X', 'SHOT_VX', 'HURT_X'] as const;
  for (const player of [PLAYER_1, PLAYER_2]) {
    for (const field of signed) out[player + Fighter[field]] = -at(out, player + Fighter[field]);
    out[player + Fighter.INPUT] = mirrorInput(at(out, player + Fighter.INPUT));
  }
  out[Match.CLASH_X] = -at(out, Match.CLASH_X);
  const swap = [0, 2, 1, 3];
  out[Match.ROUND_RESULT] = swap[at(out, Match.ROUND_RESULT)] ?? 0;
  out[Match.WINNER] = swap[at(out, Match.WINNER)] ?? 0;
  return out;
}

/** Names of the fields that are no integers in their range. */
function outOfRange(player: PlayerReadout): string[] {
  const ranges = {
    health: [0, 100],
    super_gauge: [0, 100],
    position_x: [-WALL_X, WALL_X],
    position_y: [0, 320],
  } as const;
  const fields = ['health', 'super_gauge', 'position_x', 'position_y'] as const;
  return fields.filter((field) => {
    const [low, high] = ranges[field];
    return !Number.isInteger(player[field]) || player[field] < low || player[field] > high;
  });
}

describe('one frame of the fight', () => {
  it(
    'GAME-3: keeps every value in its range, whatever the players press',
    () => {
      fc.assert(
        fc.property(configs, presses, presses, (config, first, second) => {
          const state = createState(config);
          const one = unroll(first, FRAMES);
          const two = unroll(second, FRAMES);
          for (let i = 0; i < FRAMES; i += 1) {
            step(state, one[i] ?? 0, two[i] ?? 0);
            const { timer, player1, player2 } = readState(state);
            if (timer < 0 || timer > 99) expect.fail(`timer ${timer}`);
            for (const player of [player1, player2]) {
              const wrong = outOfRange(player);
              if (wrong.length > 0) expect.fail(wrong.join());
            }
            for (const player of [PLAYER_1, PLAYER_2]) {
              if (Math.abs(at(state, player + Fighter.X)) > WALL_X * SUB) expect.fail('outside the walls');
              if (Math.abs(at(state, player + Fighter.FACING)) !== 1) expect.fail('faces nowhere');
              if (at(state, player + Fighter.GAUGE) > MAX_GAUGE) expect.fail('too much gauge');
            }
          }
        }),
        { numRuns: 30 },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'is fair: exchanged players with mirrored inputs give the mirrored match, frame by frame',
    () => {
      let touches = 0;
      fc.assert(
        fc.property(
          configs,
          presses,
          presses,
          fc.integer({ min: 30, max: 160 }),
          (config, first, second, half) => {
            const [a, b] = config.characters;
            const state = fightAt([a, b], half * 2);
            const mirrored = fightAt([b, a], half * 2);
            const one = unroll(first, FRAMES);
            const two = unroll(second, FRAMES);
            for (let i = 0; i < FRAMES; i += 1) {
              step(state, one[i] ?? 0, two[i] ?? 0);
              step(mirrored, mirrorInput(two[i] ?? 0), mirrorInput(one[i] ?? 0));
              const different = firstDifference(mirror(state), mirrored);
              if (different) expect.fail(`frame ${i}: ${JSON.stringify(different)}`);
              if (at(state, PLAYER_1 + Fighter.HURT_FRAME) === at(state, Match.FRAME)) touches += 1;
            }
          },
        ),
        { numRuns: 60, examples: [SAME_CORNER] },
      );
      expect(touches).toBeGreaterThan(50);
    },
    TIMEOUT_MS,
  );

  it(
    'gives the same state again after a rollback of 8 frames, at every frame',
    () => {
      fc.assert(
        fc.property(configs, presses, presses, (config, first, second) => {
          const state = createState(config);
          const snapshot = new Int32Array(STATE_WORDS);
          const one = unroll(first, 400);
          const two = unroll(second, 400);
          const run = (from: number): void => {
            for (let k = from; k < from + 8; k += 1) step(state, one[k] ?? 0, two[k] ?? 0);
          };
          for (let i = 0; i + 8 < 400; i += 1) {
            snapshot.set(state);
            run(i);
            const sum = checksum(state);
            state.set(snapshot);
            run(i);
            expect(checksum(state)).toBe(sum);
            state.set(snapshot);
            step(state, one[i] ?? 0, two[i] ?? 0);
          }
        }),
        { numRuns: 10 },
      );
    },
    TIMEOUT_MS,
  );

  it('GAME-1: writes nothing but integers of 32 bits', () => {
    const state = createState({ seed: 5, characters: [1, 2] });
    const watched = new Proxy(state, {
      get(words, key) {
        const value = Reflect.get(words, key);
        return typeof value === 'function' ? value.bind(words) : value;
      },
      set(words, key, value) {
        if ((value | 0) !== value) expect.fail(`word ${String(key)} becomes ${value}`);
        return Reflect.set(words, key, value);
      },
    });
    fc.assert(
      fc.property(configs, presses, presses, (config, first, second) => {
        state.set(createState(config));
        const one = unroll(first, FRAMES);
        const two = unroll(second, FRAMES);
        for (let i = 0; i < FRAMES; i += 1) step(watched, one[i] ?? 0, two[i] ?? 0);
        expect(at(state, Match.FRAME)).toBe(FRAMES);
      }),
      { numRuns: 10 },
    );
  });

  it('GAME-1: depends on nothing but state and inputs: two matches side by side do not touch each other', () => {
    const alone = createState({ seed: 5, characters: [1, 2] });
    for (let i = 0; i < 600; i += 1) step(alone, (i * 37) & 0xff, (i * 91) & 0xff);
    const state = createState({ seed: 5, characters: [1, 2] });
    const other = createState({ seed: 6, characters: [2, 1] });
    for (let i = 0; i < 600; i += 1) {
      step(state, (i * 37) & 0xff, (i * 91) & 0xff);
      step(other, (i * 53) & 0xff, (i * 11) & 0xff);
    }
    expect(firstDifference(state, alone)).toBeUndefined();
  });

  it(
    'ends every match within the promised frames, and then stands still',
    () => {
      fc.assert(
        fc.property(configs, presses, presses, (config, first, second) => {
          const state = createState(config);
          const one = unroll(first, 4096);
          const two = unroll(second, 4096);
          let frames = 0;
          for (; !isMatchOver(state) && frames <= MAX_MATCH_FRAMES; frames += 1)
            step(state, one[frames & 4095] ?? 0, two[frames & 4095] ?? 0);
          expect(frames).toBeLessThanOrEqual(MAX_MATCH_FRAMES);
          expect(at(state, Match.FRAME)).toBe(frames);
          const sum = checksum(state);
          for (let i = 0; i < 5; i += 1) step(state, 0xff, 0xff);
          expect(checksum(state)).toBe(sum);
        }),
        { numRuns: 10 },
      );
    },
    TIMEOUT_MS,
  );

  it('ends in a draw after two rounds when nobody moves: equal health at time-out gives both the round', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    while (!isMatchOver(state)) step(state, 0, 0);
    expect(matchWinner(state)).toBe(0);
    expect(at(state, Match.ROUND)).toBe(2);
    expect(readState(state).winner).toBe(0);
  });
});
