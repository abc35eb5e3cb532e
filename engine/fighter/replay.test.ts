import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum, engineDigest } from './checksum';
import { decodeFight, encodeFight, openFight, ReplayError, recordFight, simulateReplay } from './replay';
import { RULES_VERSION } from './rules';
import { createState } from './state';
import { step } from './step';
import { presses, unroll } from './testing/play';

const CONFIG = { seed: 0xdeadbeef, characters: [1, 2] } as const;

function inputsOf(first: readonly number[], second: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(first.length * 4);
  for (let i = 0; i < first.length; i += 1) {
    bytes.writeUInt16LE(first[i] ?? 0, i * 4);
    bytes.writeUInt16LE(second[i] ?? 0, i * 4 + 2);
  }
  return new Uint8Array(bytes);
}

const idle = (frames: number) => unroll([{ mask: 0, frames: 1 }], frames);

describe('a stored fight', () => {
  it('REPLAY-3: comes back from its bytes exactly, with configuration and rules', () => {
    fc.assert(
      fc.property(presses, presses, fc.integer({ min: 0, max: 1000 }), (one, two, frames) => {
        const inputs = inputsOf(unroll(one, frames), unroll(two, frames));
        const fight = decodeFight(recordFight(CONFIG, inputs));
        const made = { rulesVersion: RULES_VERSION, engineDigest: engineDigest() };
        expect(fight).toMatchObject({ ...CONFIG, ...made, inputs });
        expect(encodeFight(fight)).toEqual(recordFight(CONFIG, inputs));
      }),
      { numRuns: 30 },
    );
  });

  it('REPLAY-4: plays to the very state that the match had, and back and forth on the way', () => {
    const one = unroll(
      [
        { mask: 8, frames: 40 },
        { mask: 16, frames: 3 },
        { mask: 64, frames: 9 },
      ],
      900,
    );
    const two = unroll(
      [
        { mask: 4, frames: 30 },
        { mask: 34, frames: 5 },
      ],
      900,
    );
    const state = createState(CONFIG);
    const sums: number[] = [];
    for (let i = 0; i < 900; i += 1) {
      step(state, one[i] ?? 0, two[i] ?? 0);
      sums.push(checksum(state));
    }
    const bytes = recordFight(CONFIG, inputsOf(one, two));
    const result = simulateReplay(bytes);
    expect(result).toMatchObject({ state, frames: 900, over: false, firstWrongFrame: undefined });
    const { player, words } = openFight(decodeFight(bytes));
    for (const frame of [500, 3, 899, 120, 121, 1]) {
      player.seek(frame);
      expect(checksum(words)).toBe(sums[frame - 1]);
    }
    const changed = { ...decodeFight(bytes), inputs: inputsOf(two, one) };
    expect(simulateReplay(encodeFight(changed)).firstWrongFrame).toBe(120);
  });

  it('of a match without a press is small; of another engine it is read and not played', () => {
    const bytes = recordFight(CONFIG, inputsOf(idle(18_000), idle(18_000)));
    expect(bytes.length).toBeLessThan(3_100);
    const foreign = { ...decodeFight(bytes), engineDigest: '00000000', rulesVersion: 1 };
    expect(decodeFight(encodeFight(foreign))).toEqual(foreign);
    expect(() => openFight(foreign)).toThrow(ReplayError);
  });

  it('REPLAY-2, REPLAY-3: has the bytes that the contract tells', () => {
    // Golden, so that a foreign reader goes on reading.
    const fight = {
      ...{ rulesVersion: 3, engineDigest: 'a1b2c3d4', seed: 7, characters: [1, 2] as const },
      ...{ inputs: inputsOf([5, 5, 0], [256, 0, 0]), checksums: [{ frame: 0, checksum: 0xdeadbeef }] },
    };
    expect(Buffer.from(encodeFight(fight)).toString('hex')).toBe(
      '4143525002d4c3b2a10202030000000008000300070000000102000000000100000000000000efbeadde820500050581010100',
    );
    expect(decodeFight(encodeFight(fight))).toEqual(fight);
  });
});
