import { createHmac } from 'node:crypto';

/**
 * The waiting token of an entry: shaped like a UUID (version 8, "made in one's own way"), 122 bits of an HMAC of the
 * entry. Nobody can guess it from the public log, nothing secret is stored, and a person has the same one everywhere.
 */
export function waitingToken(key: Uint8Array, entryId: string): string {
  const bytes = createHmac('sha256', key).update(entryId).digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
