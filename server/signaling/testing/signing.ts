import { webcrypto } from 'node:crypto';
import { signedBytes } from '../../../proto/input-signature';

/** A key for one match, as a browser makes it. */
export interface SigningKey {
  /** As `peer_connected` carries it. */
  readonly inputKey: string;
  /** Signs a column from frame 0: little-endian uint16. */
  sign(sessionId: string, playerIndex: 1 | 2, column: Uint8Array): Promise<Uint8Array>;
}

export async function createSigningKey(): Promise<SigningKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
  const { privateKey, publicKey } = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const raw = Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey));
  return {
    inputKey: raw.toString('base64url'),
    async sign(sessionId, playerIndex, column) {
      const bytes = signedBytes(sessionId, playerIndex, column);
      return new Uint8Array(
        await webcrypto.subtle.sign({ ...algorithm, hash: 'SHA-256' }, privateKey, bytes),
      );
    },
  };
}

/** One player's column of a match told in pairs. */
export function columnOf(inputs: Uint8Array, side: 1 | 2, from = 0, to = inputs.byteLength / 4): Buffer {
  const pairs = Buffer.from(inputs.buffer, inputs.byteOffset, inputs.byteLength);
  const column = Buffer.alloc((to - from) * 2);
  for (let frame = from; frame < to; frame += 1)
    column.writeUInt16LE(pairs.readUInt16LE(frame * 4 + (side - 1) * 2), (frame - from) * 2);
  return column;
}
