import { describe, expect, it } from 'vitest';
import { MAX_MATCH_FRAMES } from '../../../engine/fighter/rules';
import { framesPossible } from '../../game/judge';
import { FRAME_BYTES, mustBePossible } from './fight-time';

const bytes = (frames: number) => new Uint8Array(frames * FRAME_BYTES);

describe('the time of a fight', () => {
  it.each([0, 1_000, 16_667, 99_000])(
    'allows as many frames in %i ms as the judge does, and not one more',
    (ms) => {
      const most = framesPossible(ms);
      expect(() => mustBePossible(bytes(most), ms)).not.toThrow();
      expect(() => mustBePossible(bytes(most + 1), ms)).toThrow(
        expect.objectContaining({ code: 'RATE_LIMITED', detail: { possibleFrames: most } }),
      );
    },
  );

  it('allows what is as long as the longest match, and nothing longer however much time there was', () => {
    expect(() => mustBePossible(bytes(MAX_MATCH_FRAMES), 1e9)).not.toThrow();
    expect(() => mustBePossible(bytes(MAX_MATCH_FRAMES + 1), 1e9)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    );
  });

  it('is not asked about half a frame', () => {
    expect(() => mustBePossible(new Uint8Array(3), 1e9)).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    );
  });

  it('does not run backwards', () => {
    expect(() => mustBePossible(bytes(framesPossible(0) + 1), -5_000)).toThrow(
      expect.objectContaining({ code: 'RATE_LIMITED' }),
    );
  });
});
