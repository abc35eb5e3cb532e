import { describe, expect, it } from 'vitest';
import { createExhibition, MAX_EXHIBITION_FRAMES } from './exhibition';

function play(id: string, maxFrames = MAX_EXHIBITION_FRAMES) {
  const exhibition = createExhibition(id, [1, 2], maxFrames);
  for (let frames = 1; ; frames += 1) {
    const state = exhibition.next();
    if (state?.winner_id !== undefined) return { frames, state };
  }
}

describe('an exhibition', () => {
  it('is the same fight for the same id, and another for another', () => {
    expect(play('a', 1_500)).toEqual(play('a', 1_500));
    expect(play('a', 1_500)).not.toEqual(play('b', 1_500));
  });

  it('is fought out: either side wins some, by hurting the other, well within five minutes', () => {
    const fights = Array.from({ length: 6 }, (_, i) => play(`fight-${i}`));
    expect(new Set(fights.map(({ state }) => state.winner_id))).toEqual(new Set([1, 2]));
    for (const { frames, state } of fights) {
      expect(frames).toBeLessThan(MAX_EXHIBITION_FRAMES);
      const loser = state.winner_id === 1 ? state.player2 : state.player1;
      expect(loser?.health).toBeLessThan(100);
    }
  });

  it('ends as a draw when the time is over', () => {
    expect(play('a', 100)).toMatchObject({ frames: 100, state: { winner_id: 0 } });
  });
});
