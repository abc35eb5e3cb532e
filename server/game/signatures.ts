import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { signedBytes } from '../../proto/input-signature';
import { INPUT_SIGNATURE_BYTES } from '../../proto/signaling-limits';
import type { Side } from './input-log';

/** A page that is loaded again has a new key; more than these are not worth remembering. */
const MAX_KEYS = 16;
/** Forged signatures cost a verification each: after so many of a match nobody looks at further ones. */
const MAX_FORGED = 8;

/** What one player signs with in one match. */
export class Keys {
  readonly #known = new Set<string>();
  readonly #keys: KeyObject[] = [];
  #forged = 0;

  get isEmpty(): boolean {
    return this.#keys.length === 0;
  }

  /** Takes a raw P-256 point in base64url; what is none is ignored. */
  add(inputKey: string): void {
    if (this.#known.has(inputKey) || this.#keys.length >= MAX_KEYS) return;
    const point = Buffer.from(inputKey, 'base64url');
    if (point.length !== 65 || point[0] !== 4) return;
    try {
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
      const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
      this.#keys.push(createPublicKey({ key: jwk, format: 'jwk' }));
      this.#known.add(inputKey);
    } catch {
      // No point of the curve: nothing will ever verify with it.
    }
  }

  /** Whether one of the keys signed this column of this player in this match. */
  verifies(matchId: string, side: Side, column: Uint8Array, signature: Uint8Array): boolean {
    if (this.#forged >= MAX_FORGED || signature.length !== INPUT_SIGNATURE_BYTES) return false;
    const bytes = signedBytes(matchId, side, column);
    const isGood = this.#keys.some((key) =>
      verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature),
    );
    if (!isGood) this.#forged += 1;
    return isGood;
  }
}
