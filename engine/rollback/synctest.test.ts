import { describe, expect, it } from 'vitest';
import { createSyncTest } from './synctest';
import { seededRandom } from './testing/random';
import { createToyGame } from './testing/toy-game';
import { type Game, InputStatus } from './types';

function run(game: Game, frames: number, rollbackFrames = 7) {
  const test = createSyncTest({ game, playerCount: 2, rollbackFrames });
  const random = seededRandom(5);
  for (let i = 0; i < frames; i++) {
    const fault = test.advance(Uint8Array.from([random(), random(), random(), random()]));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

describe('the synctest', () => {
  it('passes a deterministic game at any depth, and really simulates every frame again', () => {
    for (const depth of [1, 2, 7, 60]) {
      const game = createToyGame();
      expect(run(game, 300, depth)).toBeUndefined();
      expect(game.simulated()).toBeGreaterThanOrEqual(300 * (depth + 1) - depth * depth);
    }
  });

  it('names the frame and the field that a hidden counter changes', () => {
    const toy = createToyGame();
    const words = new Int32Array(toy.state.buffer);
    let hidden = 0;
    const game: Game = {
      ...toy,
      advance(inputs, status) {
        toy.advance(inputs, status);
        if (++hidden === 40) words[4] = (words[4] ?? 0) + 1;
      },
    };
    const fault = run(game, 100);
    expect(fault).toMatchObject({ firstByte: 16, lastByte: 16, field: 'players[1].x' });
    expect(fault?.frame).toBeLessThan(20);
  });

  it('catches a game that treats a correct prediction unlike the real input', () => {
    const toy = createToyGame();
    const game: Game = {
      ...toy,
      advance(inputs, status) {
        toy.advance(inputs, status);
        if (status[1] === InputStatus.predicted) toy.corrupt();
      },
    };
    expect(run(game, 10)).toMatchObject({ frame: 0, field: 'mix' });
  });

  it('catches a checksum that depends on more than the state', () => {
    const toy = createToyGame();
    let calls = 0;
    expect(run({ ...toy, checksum: () => toy.checksum() ^ calls++ }, 10)).toMatchObject({ firstByte: -1 });
  });
});
