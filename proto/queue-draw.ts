import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';

/** What counts for somebody who brought no nonce: 32 zero bytes. */
export const NO_NONCE = '0'.repeat(64);

export interface Entrant {
  readonly entry: string;
  readonly nonce: string | undefined;
}

const entryBytes = (entry: string): Uint8Array => hexToBytes(entry.replaceAll('-', ''));
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** SHA-256 of a seed's 32 bytes: what is published before it. Hex in, hex out. */
export function seedHash(seed: string): string {
  return bytesToHex(sha256(hexToBytes(seed)));
}

/**
 * SHA-256 of the list: by ascending entry, the 16 bytes of the entry's UUID and the 32 of its nonce, with nothing
 * between them.
 */
export function listHash(entrants: readonly Entrant[]): string {
  const sorted = [...entrants].sort((a, b) => ascending(a.entry, b.entry));
  const whole = sha256.create();
  for (const { entry, nonce } of sorted) {
    whole.update(entryBytes(entry));
    whole.update(hexToBytes(nonce ?? NO_NONCE));
  }
  return bytesToHex(whole.digest());
}

/** The order of the draw: ascending SHA-256(seed ‖ list's hash ‖ entry), of 32, 32 and 16 bytes. */
export function drawnOrder(seed: string, list: string, entries: readonly string[]): string[] {
  const head = concatBytes(hexToBytes(seed), hexToBytes(list));
  return entries
    .map((entry) => ({ entry, lot: bytesToHex(sha256(concatBytes(head, entryBytes(entry)))) }))
    .sort((a, b) => ascending(a.lot, b.lot))
    .map(({ entry }) => entry);
}
