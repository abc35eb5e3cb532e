import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver, matchWinner } from '../../engine/fighter/outcome';
import { createState, type MatchConfig } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { configs, presses, unroll } from '../../engine/fighter/testing/play';
import { acceptInputs, createJudge } from '../game/judge';
import { ruleOnMatch } from './match-ruling';

/** Both columns of random play as they are sent. */
function columns(one: readonly number[], two: readonly number[]): Buffer {
  const bytes = Buffer.alloc(one.length * 4);
  for (const [frame, mask] of one.entries()) {
    bytes.writeUInt16LE(mask, frame * 4);
    bytes.writeUInt16LE(two[frame] ?? 0, frame * 4 + 2);
  }
  return bytes;
}

/** The engine's own word: checksums after each frame until it is over. */
function course(config: MatchConfig, bytes: Buffer): { state: Int32Array; checksums: number[] } {
  const state = createState(config);
  const checksums: number[] = [];
  for (let at = 0; at < bytes.length && !isMatchOver(state); at += 4) {
    step(state, bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2));
    checksums.push(checksum(state));
  }
  return { state, checksums };
}

const fights = fc.record({
  config: configs,
  one: presses,
  two: presses,
  frames: fc.integer({ min: 1, max: 2_000 }),
  wins_needed: fc.constantFrom(undefined, 1, 2),
});

const rule = (config: MatchConfig, bytes: Buffer, more: object = {}) =>
  ruleOnMatch('s', {
    kind: 'match',
    seed: config.seed,
    characters: [config.characters[0], config.characters[1]],
    inputs: bytes.toString('base64'),
    ...more,
  });

describe('RULES-5: a match', () => {
  it('is ruled as the engine plays it', () => {
    fc.assert(
      fc.property(fights, ({ config, one, two, frames, wins_needed }) => {
        const bytes = columns(unroll(one, frames), unroll(two, frames));
        const { state, checksums } = course(
          { ...config, ...(wins_needed === 1 ? { winsNeeded: 1 } : {}) },
          bytes,
        );
        expect(rule(config, bytes, { wins_needed })).toMatchObject({
          over: isMatchOver(state),
          winner: matchWinner(state),
          frames: checksums.length,
          checksum: checksums.at(-1),
          first_difference: null,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('with one input turned differs first where the course of the fight does', () => {
    let told = 0;
    fc.assert(
      fc.property(fights, fc.nat(), fc.nat(7), ({ config, one, two, frames }, where, bit) => {
        const bytes = columns(unroll(one, frames), unroll(two, frames));
        const honest = course(config, bytes).checksums;
        const marks = honest.map((sum, frame) => ({ frame, checksum: sum })).slice(0, 2_000);
        const turned = Buffer.from(bytes);
        const at = (where % frames) * 4;
        turned.writeUInt16LE(turned.readUInt16LE(at) ^ (1 << bit), at);
        const other = course(config, turned).checksums;
        const first = honest.findIndex((sum, frame) => sum !== other[frame]);
        const { first_difference } = rule(config, turned, { checksums: marks });
        if (first < 0) expect(first_difference).toBeNull();
        else {
          told += 1;
          expect(first_difference).toMatchObject({ field: 'checksums', frame: first, told: honest[first] });
        }
      }),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(10);
  });

  it('that is told otherwise names the first thing that differs', () => {
    const bytes = columns(unroll([{ mask: 0, frames: 10 }], 100), unroll([{ mask: 8, frames: 9 }], 100));
    const config: MatchConfig = { seed: 3, characters: [1, 2] };
    const { checksums } = course(config, bytes);
    const truth = { winner: 0, frames: 100, checksum: checksums[99] ?? 0, reason: 'unfinished' };
    expect(rule(config, bytes, { told: truth }).first_difference).toBeNull();
    expect(rule(config, bytes, { told: { ...truth, winner: 1 } }).first_difference).toEqual({
      field: 'winner',
      told: 1,
      ruled: 0,
    });
    expect(rule(config, bytes, { told: { ...truth, checksum: 7 } }).first_difference).toMatchObject({
      field: 'checksum',
    });
    const beyond = rule(config, bytes, { told: truth, checksums: [{ frame: 100, checksum: 1 }] });
    expect(beyond.first_difference).toEqual({ field: 'checksums', told: 1, ruled: null, frame: 100 });
  });

  it('that is fought out gets the judge’s verdict', () => {
    let over = 0;
    for (let seed = 1; seed <= 8; seed += 1) {
      // Player 1 walks up and strikes; player 2 stands.
      const masks = unroll(
        [
          { mask: 8, frames: 9 + seed },
          { mask: 32, frames: 4 },
          { mask: 0, frames: 18 },
        ],
        9_000,
      );
      const bytes = columns(
        masks,
        masks.map(() => 0),
      );
      const config: MatchConfig = { seed, characters: [(seed % 2) + 1, 2] };
      const judge = createJudge(config);
      for (const side of [1, 2] as const)
        acceptInputs(judge, { side, fromFrame: 0, inputs: bytes }, 600_000, () => {});
      const ruling = rule(config, bytes);
      if (!judge.verdict) continue;
      over += 1;
      const { winner, reason, frames, checksum: sum } = judge.verdict;
      expect(ruling).toMatchObject({ over: true, winner, reason, frames, checksum: sum });
      expect(ruling.rounds).toHaveLength(2);
      expect(ruling.rounds.map((round) => round.winner)).toEqual([winner, winner]);
      expect(ruling.health[winner - 1]?.percent).toBe(100);
    }
    expect(over).toBeGreaterThan(0);
  });
});
