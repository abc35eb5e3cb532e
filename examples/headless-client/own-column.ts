import type { Signaling } from '../../client/signaling';
import { signedBytes } from '../../proto/input-signature';
import {
  COLUMN_BYTES_PER_FRAME,
  INPUT_BYTES_PER_FRAME,
  MAX_INPUT_FRAMES,
} from '../../proto/signaling-limits';

/** Pause after a message that failed. */
const RETRY_MS = 1_000;

/** Tells the server this player's own inputs, signed (PEER-6, JUDGE-8 of docs/CONTRACT.md): nobody can put others in its mouth. */
export interface OwnColumn {
  /** For `peer_connected`: the public half of the key of this match. */
  readonly inputKey: string;
  /**
   * Tells what is new, unless a message is on its way.
   * @param log confirmed inputs of both players from frame 0, as `match_inputs` has them
   */
  tell(log: Uint8Array): void;
}

export async function createOwnColumn(
  signaling: Signaling,
  sessionId: string,
  playerIndex: 1 | 2,
): Promise<OwnColumn> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const point = await crypto.subtle.exportKey('raw', publicKey);
  let next = 0;
  let isBusy = false;

  async function send(column: Uint8Array): Promise<void> {
    const signature = await crypto.subtle.sign(
      algorithm,
      privateKey,
      signedBytes(sessionId, playerIndex, column),
    );
    const inputs = column.subarray(next * COLUMN_BYTES_PER_FRAME);
    const told = { sessionId, fromFrame: next, inputs, signature: new Uint8Array(signature) };
    ({ nextFrame: next } = await signaling.send('own_inputs', told));
  }

  return {
    inputKey: Buffer.from(point).toString('base64url'),
    tell(log) {
      const frames = Math.min(log.length / INPUT_BYTES_PER_FRAME, next + MAX_INPUT_FRAMES);
      if (isBusy || frames <= next) return;
      isBusy = true;
      const later = (delayMs: number) =>
        setTimeout(() => {
          isBusy = false;
        }, delayMs);
      // A match that is over takes no more; its program ends with it.
      send(ownHalf(log, playerIndex, frames)).then(
        () => later(0),
        () => later(RETRY_MS),
      );
    },
  };
}

function ownHalf(log: Uint8Array, playerIndex: 1 | 2, frames: number): Uint8Array {
  const column = new Uint8Array(frames * COLUMN_BYTES_PER_FRAME);
  for (let frame = 0; frame < frames; frame += 1) {
    const at = frame * INPUT_BYTES_PER_FRAME + (playerIndex - 1) * COLUMN_BYTES_PER_FRAME;
    column.set(log.subarray(at, at + COLUMN_BYTES_PER_FRAME), frame * COLUMN_BYTES_PER_FRAME);
  }
  return column;
}
