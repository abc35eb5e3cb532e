import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplay, type ReplayData } from './replay';
import { decodeReplay, encodeReplay, MAX_REPLAY_FRAMES, ReplayError } from './replay-file';
import { createReplayRecorder } from './replay-recorder';
import { straightChecksums } from './testing/oracle';
import { seededRandom } from './testing/random';
import { createToyGame } from './testing/toy-game';
import { VirtualMatch } from './testing/virtual-match';

/** A match recorded while it was played with rollbacks, and the checksums it should have. */
function record(leaveAtFrame?: number): { replay: ReplayData; oracle: number[] } {
  const match = new VirtualMatch({
    seed: 4,
    profile: { latencyMs: 60, jitterMs: 20, loss: 0.05 },
    frames: 900,
  });
  const [host] = match.hosts;
  if (host === undefined) throw new Error('a host expected');
  const initialState = createToyGame().state;
  const recorder = createReplayRecorder({ playerCount: 2, inputBytes: 2, digest: 5, initialState });
  match.onStep = (stepped) => {
    if (stepped === host) recorder.record(host.session);
    else if (stepped.session.frame === leaveAtFrame) {
      stepped.session.leave();
      stepped.isOut = true;
    }
  };
  match.runToEnd(60_000);
  return { replay: recorder.finish(host.session), oracle: straightChecksums(match, host, 900) };
}

describe('a replay', { timeout: 30_000 }, () => {
  const { replay, oracle } = record();

  it('plays the match as it was and verifies every recorded checksum', () => {
    const game = createToyGame();
    const player = createReplay({ game, replay });
    for (let frame = 0; player.step(); frame++) expect(game.checksum()).toBe(oracle[frame]);
    expect(player.frame).toBe(900);
    expect(player.firstWrongFrame).toBeUndefined();
    expect(replay.checksums.length).toBeGreaterThanOrEqual(15);
    expect(replay.checksums.at(-1)).toEqual({ frame: 899, checksum: oracle[899] });
  });

  it('is at the right state after any jumps to and fro', () => {
    const game = createToyGame();
    const player = createReplay({ game, replay, keyframeIntervalFrames: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), (frame) => {
        player.seek(frame);
        expect(player.frame).toBe(frame);
        expect(game.checksum()).toBe(oracle[frame - 1]);
      }),
      { seed: 3, numRuns: 300 },
    );
    const before = game.simulated();
    player.seek(900);
    player.seek(0);
    player.seek(899);
    expect(game.simulated() - before).toBeLessThan(200);
  });

  it('runs at any speed, backwards too', () => {
    const game = createToyGame();
    const player = createReplay({ game, replay });
    for (let i = 0; i < 60; i++) player.play(1000 / 60, 0.25);
    expect(player.frame).toBe(15);
    player.play(2000, 4);
    expect(player.frame).toBe(15 + 480);
    player.play(1000, -2);
    expect(player.frame).toBe(15 + 360);
    player.play(60_000, -1);
    expect(player.frame).toBe(0);
    expect(player.play(10, 1)).toBe(false);
  });

  it('names the first frame that does not come out as recorded', () => {
    const inputs = replay.inputs.slice();
    inputs[130 * 4] = (inputs[130 * 4] ?? 0) ^ 7;
    const player = createReplay({ game: createToyGame(), replay: { ...replay, inputs } });
    player.seek(900);
    expect(player.firstWrongFrame).toBe(180);
  });

  it('knows from which frame on a player was gone', () => {
    const left = record(300);
    const game = createToyGame();
    const player = createReplay({ game, replay: decodeReplay(encodeReplay(left.replay)) });
    player.seek(900);
    expect(left.replay.departures).toHaveLength(1);
    expect(player.firstWrongFrame).toBeUndefined();
    expect(game.checksum()).toBe(left.oracle[899]);
  });

  it('comes back from its file as it was, in a few bytes per second', () => {
    const file = encodeReplay(replay);
    expect(decodeReplay(file)).toEqual(replay);
    expect(file.length).toBeLessThan(replay.inputs.length);
  });

  it('REPLAY-6: file of garbage is refused with a reason, in little memory', () => {
    const reasons = new Set<string>();
    const random = seededRandom(11);
    const file = encodeReplay(replay);
    for (let round = 0; round < 3000; round++) {
      const bytes = Uint8Array.from({ length: random() % (file.length + 50) }, () => random() & 0xff);
      // The deeper the file begins well, the more of the decoder is met.
      const begun = random() % 2 === 0 ? random() % 40 : random() % file.length;
      bytes.set(file.subarray(0, Math.min(begun, bytes.length)));
      try {
        decodeReplay(bytes);
      } catch (error) {
        if (!(error instanceof ReplayError)) throw error;
        reasons.add(error.reason);
      }
    }
    expect([...reasons].sort()).toEqual(['cut_short', 'damaged', 'foreign', 'too_large', 'version']);
    // A megabyte that claims the most a header can: ten hours of eight players.
    const large = new Uint8Array(1 << 20).fill(127);
    large.set(file.subarray(0, 9));
    large.set([8, 8, 0, 0xf3, 0x20, 0, 0], 9);
    expect(() => decodeReplay(large)).toThrow('frames');
  });

  it('file that is cut, damaged or made up is refused in words, or still a replay, but never anything else', () => {
    const file = encodeReplay(replay);
    for (let length = 0; length < file.length; length += 7)
      expect(() => decodeReplay(file.slice(0, length))).toThrow(ReplayError);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = file.slice();
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        try {
          expect(decodeReplay(damaged).frames).toBeLessThanOrEqual(MAX_REPLAY_FRAMES);
        } catch (error) {
          expect(error).toBeInstanceOf(ReplayError);
        }
      }),
      { seed: 6, numRuns: 2000 },
    );
    expect(() => createReplay({ game: createToyGame({ inputBytes: 3 }), replay })).toThrow(/input bytes/);
    expect(() => createReplay({ game: createToyGame({ stateBytes: 128 }), replay })).toThrow(/state/);
  });
});
