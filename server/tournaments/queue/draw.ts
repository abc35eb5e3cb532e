import { createHash } from 'node:crypto';

/**
 * The draw as `proto/queue-draw.ts` describes it, with Node's own SHA-256: written a second time on purpose, so that the
 * proof in a browser checks this code and not itself.
 */

const NO_NONCE = Buffer.alloc(32);

const bytesOf = (entryId: string): Buffer => Buffer.from(entryId.replaceAll('-', ''), 'hex');

export function hashOfSeed(seed: string): string {
  return createHash('sha256').update(seed, 'hex').digest('hex');
}

/** Hash of the list of those who are drawn. */
export function hashOfList(
  entrants: readonly { readonly entryId: string; readonly nonce: string | undefined }[],
): string {
  const hash = createHash('sha256');
  const sorted = [...entrants].sort((a, b) => (a.entryId < b.entryId ? -1 : 1));
  for (const { entryId, nonce } of sorted) {
    hash.update(bytesOf(entryId));
    if (nonce === undefined) hash.update(NO_NONCE);
    else hash.update(nonce, 'hex');
  }
  return hash.digest('hex');
}

/** What decides where an entry stands: the smallest lot is first. */
export function lotOf(seed: string, listHash: string, entryId: string): string {
  return createHash('sha256')
    .update(seed, 'hex')
    .update(listHash, 'hex')
    .update(bytesOf(entryId))
    .digest('hex');
}
