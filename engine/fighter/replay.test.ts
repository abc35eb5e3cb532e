import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineDigest } from './checksum';
import { decodeReplay, encodeReplay, type Replay, ReplayError, simulateReplay } from './replay';
import { at, createState, Match } from './state';
import { step } from './step';
import { presses, unroll } from './testing/play';

function record(first: readonly number[], second: readonly number[]): Replay {
  const inputs = new Uint16Array(first.length * 2);
  for (let i = 0; i < first.length; i += 1) {
    inputs[i * 2] = first[i] ?? 0;
    inputs[i * 2 + 1] = second[i] ?? 0;
  }
  return { engineDigest: engineDigest(), seed: 0xdeadbeef, characters: [1, 2], inputs };
}

describe('a replay', () => {
  it('comes back from its bytes exactly', () => {
    fc.assert(
      fc.property(presses, presses, fc.integer({ min: 0, max: 2000 }), (one, two, frames) => {
        const replay = record(unroll(one, frames), unroll(two, frames));
        expect(decodeReplay(encodeReplay(replay))).toEqual(replay);
      }),
    );
  });

  it('is refused when cut short, grown, or changed in its structure, and never read as something it is not', () => {
    const bytes = encodeReplay(
      record(unroll([{ mask: 3, frames: 7 }], 50), unroll([{ mask: 16, frames: 3 }], 50)),
    );
    for (let length = 0; length < bytes.length; length += 1)
      expect(() => decodeReplay(bytes.subarray(0, length))).toThrow(ReplayError);
    expect(() => decodeReplay(Uint8Array.of(...bytes, 0))).toThrow('after the last frame');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = bytes.slice();
        changed[index] = (changed[index] ?? 0) ^ flip;
        try {
          expect(encodeReplay(decodeReplay(changed))).toEqual(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(ReplayError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of random bytes is refused, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        expect(() => decodeReplay(Uint8Array.of(0x41, 0x43, 0x52, 1, ...noise.subarray(0, 7)))).toThrow(
          ReplayError,
        );
      }),
    );
  });

  it("is not written with numbers that its format can't hold", () => {
    const replay = record([0], [0]);
    expect(() => encodeReplay({ ...replay, seed: -1 })).toThrow('seed -1');
    expect(() => encodeReplay({ ...replay, characters: [1, 256] })).toThrow('character 256');
    expect(() => encodeReplay({ ...replay, inputs: new Uint16Array(3) })).toThrow('whole frames');
    expect(() => encodeReplay({ ...replay, engineDigest: 'xyz' })).toThrow('8 hex digits');
  });

  it('plays to the very state that the match had', () => {
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
    const state = createState({ seed: 0xdeadbeef, characters: [1, 2] });
    for (let i = 0; i < 900; i += 1) step(state, one[i] ?? 0, two[i] ?? 0);
    const result = simulateReplay(decodeReplay(encodeReplay(record(one, two))));
    expect(result.state).toEqual(state);
    expect(result.frames).toBe(at(state, Match.FRAME));
    expect(result.over).toBe(false);
  });

  it('of a match without a press is a few bytes, and one of another engine is not played', () => {
    const replay = record(unroll([{ mask: 0, frames: 1 }], 18_000), unroll([{ mask: 0, frames: 1 }], 18_000));
    expect(encodeReplay(replay).length).toBeLessThan(40);
    expect(() => simulateReplay({ ...replay, engineDigest: '00000000' })).toThrow(
      'replay of engine 00000000',
    );
  });
});
