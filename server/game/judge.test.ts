import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateReplay } from '../../engine/fighter/replay';
import { createState } from '../../engine/fighter/state';
import type { Side } from './input-log';
import { acceptInputs, createJudge, endFromOutside, framesPossible, type Judge, progressOf } from './judge';
import { randomMatch } from './testing/inputs';

const CONFIG = { seed: 7, characters: [1, 2] as const };
const MATCH = randomMatch(CONFIG, 1);
const FRAMES = MATCH.length / 4;
const LONG_AFTER = 60 * 60_000;
const ignore = () => undefined;

function send(judge: Judge, side: Side, fromFrame: number, toFrame: number, bytes = MATCH): void {
  const inputs = bytes.subarray(fromFrame * 4, toFrame * 4);
  acceptInputs(judge, { side, fromFrame, inputs }, LONG_AFTER, ignore);
}

/** The match with one input changed. */
function tampered(frame: number, side: Side): Buffer {
  const bytes = Buffer.from(MATCH);
  const at = frame * 4 + (side - 1) * 2;
  bytes.writeUInt16LE(bytes.readUInt16LE(at) ^ 0x10, at);
  return bytes;
}

describe('the judge', () => {
  it('JUDGE-1: finds the result that the inputs give when both browsers tell the same', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, FRAMES);
    expect(judge.verdict).toBeUndefined();
    send(judge, 2, 0, FRAMES);
    const { verdict } = judge;
    const replayed = simulateReplay(verdict?.replay ?? Buffer.alloc(0));
    expect(replayed.over).toBe(true);
    expect(verdict).toMatchObject({
      winner: replayed.winner,
      frames: replayed.frames,
      checksum: replayed.checksum,
      log_1: Buffer.alloc(0),
    });
    expect(['knockout', 'timeout', 'draw']).toContain(verdict?.reason);
  });

  it('JUDGE-6: knows when one browser alone has told the fight to its end', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, FRAMES);
    expect(progressOf('m', judge)).toMatchObject({ told_end_1: FRAMES, told_end_2: 0, judged_frames: 0 });
    send(judge, 2, 0, FRAMES - 3);
    expect(progressOf('m', judge)).toMatchObject({ told_end_1: FRAMES, told_end_2: 0 });
    expect(judge.verdict).toBeUndefined();
    endFromOutside(judge, 'forfeit', 1);
    expect(judge.verdict).toMatchObject({ winner: 1, reason: 'forfeit', frames: FRAMES - 3 });
  });

  it('JUDGE-5: makes a forfeit without a judged frame no contest', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, 600);
    endFromOutside(judge, 'forfeit', 1);
    expect(judge.verdict).toMatchObject({ winner: 0, reason: 'no_contest', frames: 0 });
  });

  it('comes to the same verdict however the inputs are cut, repeated or come too early', () => {
    const frames = 1_500;
    const straight = createJudge(CONFIG);
    send(straight, 1, 0, frames);
    send(straight, 2, 0, frames);
    endFromOutside(straight, 'no_contest', 0);
    const chunk = fc.record({
      side: fc.constantFrom<Side>(1, 2),
      ahead: fc.integer({ min: -40, max: 20 }),
      length: fc.integer({ min: 1, max: 600 }),
    });
    fc.assert(
      fc.property(fc.array(chunk, { maxLength: 60 }), (chunks) => {
        const judge = createJudge(CONFIG);
        for (const { side, ahead, length } of chunks) {
          const from = Math.max(0, judge.testimony.of(side).log.frames) + ahead;
          if (from >= 0) send(judge, side, from, Math.min(frames, from + length));
        }
        for (const side of [1, 2] as const) send(judge, side, judge.testimony.of(side).log.frames, frames);
        endFromOutside(judge, 'no_contest', 0);
        expect(judge.verdict).toEqual(straight.verdict);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [1, 2],
    [2, 1],
  ] as const)(
    'names the first frame in which the witness tells otherwise of player %i',
    (accused, witness) => {
      const judge = createJudge(CONFIG);
      send(judge, accused, 0, FRAMES);
      send(judge, witness, 0, FRAMES, tampered(300, accused));
      expect(judge.verdict).toMatchObject({
        winner: 0,
        reason: 'disputed',
        frames: 300,
        disputed_frame: 300,
        disputed_player: accused,
      });
      expect(judge.verdict?.[witness === 1 ? 'log_1' : 'log_2']).toEqual(tampered(300, accused));
      expect(judge.verdict?.[witness === 1 ? 'log_2' : 'log_1']).toEqual(MATCH);
    },
  );

  it("JUDGE-3: refuses frames that can't have been played yet, and takes them when they can", () => {
    const judge = createJudge(CONFIG);
    const late = { side: 1, fromFrame: 0, inputs: MATCH.subarray(0, 600 * 4) } as const;
    expect(() => acceptInputs(judge, late, 1_000, ignore)).toThrow(/Frame 599 can't have been played yet/);
    expect(judge.testimony.of(1).log.frames).toBe(0);
    expect(framesPossible(1_000)).toBe(61 + 120);
    acceptInputs(judge, { ...late, inputs: MATCH.subarray(0, 181 * 4) }, 1_000, ignore);
    expect(judge.testimony.of(1).log.frames).toBe(181);
  });

  it('JUDGE-2: holds a player to what was told first', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, 100);
    send(judge, 1, 0, 200, tampered(50, 1));
    send(judge, 2, 0, 200);
    expect(judge.verdict).toBeUndefined();
    expect(judge.frames).toBe(200);
  });

  it('ignores what comes after a gap and says from where to send again', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, 10);
    send(judge, 1, 11, 60);
    expect(progressOf('m', judge)).toMatchObject({ next_frame_1: 10, next_frame_2: 0, judged_frames: 0 });
  });

  it('shows each agreed frame once, in order', () => {
    const judge = createJudge(CONFIG);
    const seen: number[] = [];
    for (let from = 0; from < 120; from += 8)
      for (const side of [1, 2] as const) {
        const inputs = MATCH.subarray(from * 4, (from + 8) * 4);
        acceptInputs(judge, { side, fromFrame: from, inputs }, LONG_AFTER, (state) =>
          seen.push(state[0] ?? -1),
        );
      }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, frame) => frame + 1));
  });

  it('keeps its verdict when the match is ended from outside afterwards, and the other way round', () => {
    const judge = createJudge(CONFIG);
    send(judge, 1, 0, 100);
    send(judge, 2, 0, 80);
    endFromOutside(judge, 'forfeit', 2);
    expect(judge.verdict).toMatchObject({ winner: 2, reason: 'forfeit', frames: 80 });
    endFromOutside(judge, 'no_contest', 0);
    send(judge, 1, 0, FRAMES);
    send(judge, 2, 0, FRAMES);
    expect(judge.verdict).toMatchObject({ winner: 2, reason: 'forfeit', frames: 80 });
  });

  it('gives a replay of nothing when nothing was fought', () => {
    const judge = createJudge(CONFIG);
    endFromOutside(judge, 'no_contest', 0);
    const replayed = simulateReplay(judge.verdict?.replay ?? Buffer.alloc(0));
    expect(replayed.state).toEqual(createState(CONFIG));
    expect(judge.verdict?.checksum).toBe(replayed.checksum);
  });
});
