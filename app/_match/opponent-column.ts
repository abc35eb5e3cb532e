import { COLUMN_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { MAX_FRAMES } from './judge-feed';

/** The opponent's inputs as the server passes them on while the relay of last resort is open. */
export interface OpponentColumn {
  /** Frames that are there without a gap. */
  readonly length: number;
  /** The column from a frame on; lent until the next `take`. */
  from(frame: number): Uint8Array;
  /** @returns false when frames before `fromFrame` are missing: then nothing is taken. */
  take(fromFrame: number, inputs: Uint8Array): boolean;
}

/** @param known the column from frame 0, as the server has it. */
export function createOpponentColumn(known: Uint8Array): OpponentColumn {
  const column = new Uint8Array(MAX_FRAMES * COLUMN_BYTES_PER_FRAME);
  let length = 0;

  function take(fromFrame: number, inputs: Uint8Array): boolean {
    if (fromFrame > length) return false;
    const skipped = (length - fromFrame) * COLUMN_BYTES_PER_FRAME;
    if (skipped >= inputs.length) return true;
    const room = column.length - length * COLUMN_BYTES_PER_FRAME;
    const fresh = inputs.subarray(skipped, skipped + room);
    column.set(fresh, length * COLUMN_BYTES_PER_FRAME);
    length += Math.floor(fresh.length / COLUMN_BYTES_PER_FRAME);
    return true;
  }

  take(0, known);
  return {
    get length() {
      return length;
    },
    from: (frame) => column.subarray(frame * COLUMN_BYTES_PER_FRAME, length * COLUMN_BYTES_PER_FRAME),
    take,
  };
}
