import { MAX_MATCH_FRAMES } from '../../../engine/fighter/rules';
import { AppError } from '../../errors';
import { framesPossible } from '../../game/judge';

/** A frame of one player is a little-endian uint16. */
export const FRAME_BYTES = 2;

/**
 * Looks whether inputs can be of a fight that was handed out so long ago.
 * @throws {AppError} BAD_REQUEST for bytes that are no frames, or too many; RATE_LIMITED for more than fit the time
 */
export function mustBePossible(inputs: Uint8Array, elapsedMs: number): void {
  const frames = inputs.length / FRAME_BYTES;
  if (!Number.isInteger(frames) || frames > MAX_MATCH_FRAMES)
    throw new AppError(
      'BAD_REQUEST',
      `A fight is at most ${MAX_MATCH_FRAMES} frames of ${FRAME_BYTES} bytes.`,
    );
  const possible = framesPossible(elapsedMs);
  if (frames > possible)
    throw new AppError('RATE_LIMITED', `${frames} frames can’t have been played yet.`, {
      detail: { possibleFrames: possible },
    });
}
