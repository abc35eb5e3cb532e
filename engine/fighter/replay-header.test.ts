import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayError } from '../rollback/replay-file';
import { NO_HANDICAP } from './handicap';
import { decodeFight, recordFight, simulateReplay } from './replay';
import { decodeHeader, encodeHeader } from './replay-header';
import { createState } from './state';
import { step } from './step';
import { presses, unevenConfigs, unroll } from './testing/play';

const UNEVEN = {
  ...{ rulesVersion: 5, seed: 7, characters: [1, 2] as const, winsNeeded: 1 as const },
  handicaps: [{ healthPercent: 130, gaugeStart: 500 }, { startHealthPercent: 60 }] as const,
};

describe('the header of a stored fight', () => {
  it('REPLAY-3: has 8 bytes for a plain fight, and 27 that the contract tells for another', () => {
    const plain = { rulesVersion: 5, seed: 7, characters: [1, 2] as const };
    expect(Buffer.from(encodeHeader(plain)).toString('hex')).toBe('0500070000000102');
    expect(
      encodeHeader({ ...plain, winsNeeded: 2, handicaps: [{}, NO_HANDICAP] }),
      'what changes nothing is not told',
    ).toHaveLength(8);
    expect(Buffer.from(encodeHeader(UNEVEN)).toString('hex')).toBe(
      '0500070000000102' + '01' + '82646464f401640064' + '643c64640000640064',
    );
    expect(decodeHeader(encodeHeader(UNEVEN))).toEqual(UNEVEN);
  });

  it('REPLAY-3: brings back the very match, whatever its handicaps', () => {
    fc.assert(
      fc.property(unevenConfigs, presses, presses, (config, first, second) => {
        const inputs = new Uint8Array(400 * 4);
        const view = new DataView(inputs.buffer);
        const state = createState(config);
        const [one, two] = [unroll(first, 400), unroll(second, 400)];
        for (let i = 0; i < 400; i += 1) {
          view.setUint16(i * 4, one[i] ?? 0, true);
          view.setUint16(i * 4 + 2, two[i] ?? 0, true);
          step(state, one[i] ?? 0, two[i] ?? 0);
        }
        const bytes = recordFight(config, inputs);
        expect(createState(decodeFight(bytes))).toEqual(createState(config));
        expect(simulateReplay(bytes)).toMatchObject({ state, firstWrongFrame: undefined });
      }),
      { numRuns: 20 },
    );
  });

  it('REPLAY-6: out of bounds or of another length is foreign', () => {
    const good = encodeHeader(UNEVEN);
    const wrongs = [good.slice(0, -1), good.slice(0, 9), Uint8Array.of(...good, 0), new Uint8Array(0)];
    for (const [at, value] of [
      [8, 0], // no win needed
      [8, 3],
      [9, 19], // less health than there may be
      [9, 201],
      [10, 4], // share of it at the beginning
      [11, 151], // power
      [12, 49], // armour
      [14, 4], // gauge 1244
      [16, 2], // gauge gained 612
      [17, 121], // speed
      [18, 0], // and the other's
    ] as const) {
      const wrong = good.slice();
      wrong[at] = value;
      wrongs.push(wrong);
    }
    for (const wrong of wrongs) {
      const decode = () => decodeHeader(wrong);
      expect(decode).toThrow(ReplayError);
      expect(decode).toThrow(expect.objectContaining({ reason: 'foreign' }));
    }
  });
});
