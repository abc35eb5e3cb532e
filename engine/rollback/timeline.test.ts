import { describe, expect, it } from 'vitest';
import { InputQueue } from './input-queue';
import { Timeline } from './timeline';
import type { Game } from './types';

const LATE_FRAMES = 6;
const FRAMES = 120;

/** A game of one word that remembers every input, and counts how often it is hashed and simulated. */
function countingGame() {
  const words = new Int32Array(4);
  const counts = { hashed: 0, simulated: 0 };
  const game: Game = {
    state: new Uint8Array(words.buffer),
    inputBytes: 1,
    advance(inputs) {
      counts.simulated += 1;
      words[0] = Math.imul((words[0] ?? 0) ^ (inputs[0] ?? 0) ^ ((inputs[1] ?? 0) << 8), 0x01000193);
    },
    checksum() {
      counts.hashed += 1;
      return words[0] ?? 0;
    },
  };
  return { game, counts };
}

/** Plays with a remote input that comes late; `remote` says what it is. */
function play(remote: (frame: number) => number, sparseSaving = false) {
  const { game, counts } = countingGame();
  const queue = new InputQueue(2, 1, 256, undefined);
  const timeline = new Timeline(game, queue, { reachFrames: 8, checksumIntervalFrames: 1, sparseSaving });
  for (let frame = 0; frame < FRAMES; frame += 1) {
    if (frame >= LATE_FRAMES) queue.put(1, Uint8Array.of(remote(frame - LATE_FRAMES)), 0, frame);
    timeline.settle(queue.knownFrame());
    timeline.reconcile();
    queue.put(0, Uint8Array.of(frame & 7), 0, frame);
    timeline.step();
  }
  return { timeline, counts };
}

describe('a timeline', () => {
  it.each([
    ['every guess is wrong', (frame: number) => 1 + (frame & 1)],
    ['every guess is right', () => 0],
  ])('hashes a state once, when its frame is confirmed, when %s', (_name, remote) => {
    const { timeline, counts } = play(remote);
    expect(timeline.confirmedFrame).toBe(FRAMES - 1 - LATE_FRAMES);
    expect(counts.hashed).toBeGreaterThanOrEqual(timeline.confirmedFrame);
    expect(counts.hashed).toBeLessThanOrEqual(timeline.confirmedFrame + 2);
  });

  it('gives a confirmed frame the checksum that straight simulation gives it', () => {
    const remote = (frame: number) => (frame >> 2) & 1;
    const straight = countingGame();
    const { timeline } = play(remote);
    for (let frame = 0; frame <= timeline.confirmedFrame; frame += 1) {
      straight.game.advance(Uint8Array.of(frame & 7, remote(frame)), new Uint8Array(2));
      expect(timeline.checksumAt(frame)).toBe(straight.game.checksum() >>> 0);
    }
  });

  it('gives the same checksums with sparse saving', () => {
    const remote = (frame: number) => (frame >> 2) & 1;
    const [dense, sparse] = [play(remote).timeline, play(remote, true).timeline];
    for (let frame = 0; frame <= dense.confirmedFrame; frame += 1)
      expect(sparse.checksumAt(frame)).toBe(dense.checksumAt(frame));
  });
});
