import { COLUMN_BYTES_PER_FRAME, INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import {
  type InputSignature,
  type InputSigner,
  isSigned,
  packSignature,
  readSignature,
} from './input-signing';
import { MAX_FRAMES } from './judge-feed';

/** This player's column is signed anew after so many frames. */
const SIGN_EVERY_FRAMES = 6;

/** An opponent who has a key and whose signature covers so many confirmed frames less than there are has stopped signing. */
export const UNSIGNED_FRAMES = 120;

/** Signatures of the opponent that are kept: some reach beyond what is confirmed here. */
const MAX_KEPT = 16;

export interface VouchingOptions {
  readonly signer: InputSigner;
  readonly sessionId: string;
  readonly opponentIndex: 1 | 2;
  /** Brings a signature to the opponent. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** The opponent does not stand by what they play. */
  onUnsigned(): void;
}

/** What the two players sign for each other: PEER-12. */
export interface Vouching {
  /** The opponent signs with this key, too, from now on. */
  trust(key: string): void;
  /** Signs what was made, now and then. */
  vouch(column: Uint8Array, isLast: boolean): void;
  take(message: Uint8Array): void;
  /** The newest signature that covers no more than the first `frames` frames. */
  upTo(frames: number): InputSignature | undefined;
  /** Looks at the opponent's word for the confirmed frames, of both players as the judge gets them. */
  check(confirmed: Uint8Array): void;
  /** The opponent may take a while to sign again: another page, or another way between the two. */
  forgive(frames: number): void;
}

export function createVouching(options: VouchingOptions): Vouching {
  const { signer, sessionId, opponentIndex } = options;
  const keys: string[] = [];
  let kept: InputSignature[] = [];
  let signedFrames = 0;
  let isSigning = false;
  let checkedFrames = 0;
  let forgivenFrames = 0;
  let isChecking = false;

  function upTo(frames: number): InputSignature | undefined {
    return kept.findLast((one) => one.frames <= frames);
  }

  async function verify(column: Uint8Array, { frames, signature }: InputSignature): Promise<void> {
    isChecking = true;
    const isGood = await isSigned(keys, sessionId, opponentIndex, column, signature);
    isChecking = false;
    checkedFrames = frames;
    if (!isGood) options.onUnsigned();
  }

  return {
    trust(key) {
      if (!keys.includes(key) && keys.length < MAX_KEPT) keys.push(key);
    },
    vouch(column, isLast) {
      const frames = column.length / COLUMN_BYTES_PER_FRAME;
      if (isSigning || frames - signedFrames < (isLast ? 1 : SIGN_EVERY_FRAMES)) return;
      isSigning = true;
      signedFrames = frames;
      const done = (made?: InputSignature) => {
        isSigning = false;
        if (made) options.send(packSignature(made));
      };
      signer.sign(column).then(done, () => done());
    },
    take(message) {
      const read = readSignature(message);
      if (!read || read.frames > MAX_FRAMES) return;
      kept = [...kept.filter(({ frames }) => frames < read.frames), read].slice(-MAX_KEPT);
    },
    upTo,
    check(confirmed) {
      const frames = confirmed.length / INPUT_BYTES_PER_FRAME;
      if (keys.length === 0 || isChecking || frames - forgivenFrames < UNSIGNED_FRAMES) return;
      const newest = upTo(frames);
      if (!newest || frames - newest.frames > UNSIGNED_FRAMES) {
        forgivenFrames = frames;
        options.onUnsigned();
      } else if (newest.frames - checkedFrames >= UNSIGNED_FRAMES) {
        void verify(columnOf(confirmed, opponentIndex, newest.frames), newest);
      }
    },
    forgive(frames) {
      forgivenFrames = Math.max(forgivenFrames, frames);
    },
  };
}

/** One player's column of the inputs of both. */
export function columnOf(log: Uint8Array, playerIndex: 1 | 2, frames: number): Uint8Array {
  const column = new Uint8Array(frames * COLUMN_BYTES_PER_FRAME);
  const offset = (playerIndex - 1) * COLUMN_BYTES_PER_FRAME;
  for (let frame = 0; frame < frames; frame += 1) {
    column[frame * 2] = log[frame * INPUT_BYTES_PER_FRAME + offset] ?? 0;
    column[frame * 2 + 1] = log[frame * INPUT_BYTES_PER_FRAME + offset + 1] ?? 0;
  }
  return column;
}

/** Both players' inputs as the judge gets them, of two columns that are long enough. */
export function rowsOf(columns: readonly [Uint8Array, Uint8Array], frames: number): Uint8Array {
  const rows = new Uint8Array(frames * INPUT_BYTES_PER_FRAME);
  for (const [player, column] of columns.entries()) {
    for (let frame = 0; frame < frames; frame += 1) {
      rows[frame * INPUT_BYTES_PER_FRAME + player * 2] = column[frame * 2] ?? 0;
      rows[frame * INPUT_BYTES_PER_FRAME + player * 2 + 1] = column[frame * 2 + 1] ?? 0;
    }
  }
  return rows;
}
