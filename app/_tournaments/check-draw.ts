import { seedHash } from '@/proto/queue-draw';
import { queueLine } from '@/proto/queue-log';
import { createQueueProof, type QueueFault } from '@/proto/queue-proof';

/** What a person wants to find again in the log: their own place, and what their browser gave to the draw. */
export interface OwnPart {
  readonly entryId: string | undefined;
  readonly nonce: string | undefined;
}

/** What recomputing a queue's log has shown. */
export interface DrawReport {
  /** Where the log breaks its own rules; null when everything follows from it. */
  readonly fault: QueueFault | null;
  readonly lines: number;
  /** The seed's hash, and when it was published: before anybody stood in line. */
  readonly commitment: { readonly seedHash: string; readonly at: string } | null;
  /** The list of those who are drawn, as it was fixed. */
  readonly sealed: { readonly entries: number; readonly listHash: string; readonly at: string } | null;
  /** The seed as it was told after that; its hash is computed here. */
  readonly revealed: { readonly seed: string; readonly seedHash: string; readonly at: string } | null;
  readonly own: {
    /** From 1 in the draw; 0 for who was not in it. */
    readonly drawnAs: number;
    /** From 1 among those who wait now. */
    readonly position: number;
    /** What the browser gave is in the log as it was given; undefined where this browser gave nothing. */
    readonly isNonceKept: boolean | undefined;
  } | null;
}

/** Recomputes a queue from its public log: who stands where follows from the lines alone. */
export async function checkDraw(
  log: AsyncIterable<unknown>,
  { entryId, nonce }: OwnPart,
  onProgress: (lines: number) => void = () => undefined,
): Promise<DrawReport> {
  const proof = createQueueProof();
  let commitment: DrawReport['commitment'] = null;
  let sealed: DrawReport['sealed'] = null;
  let revealed: DrawReport['revealed'] = null;
  let loggedNonce: string | undefined;
  for await (const raw of log) {
    if (proof.add(raw)) break;
    if (proof.lines % 500 === 0) onProgress(proof.lines);
    const line = queueLine.safeParse(raw).data;
    if (line?.type === 'created' && line.seedHash !== undefined)
      commitment = { seedHash: line.seedHash, at: line.at };
    else if (line?.type === 'sealed')
      sealed = { entries: line.entries, listHash: line.listHash, at: line.at };
    else if (line?.type === 'drawn')
      revealed = { seed: line.seed, seedHash: seedHash(line.seed), at: line.at };
    else if ((line?.type === 'joined' || line?.type === 'nonce') && line.entry === entryId)
      loggedNonce = line.nonce ?? loggedNonce;
  }
  onProgress(proof.lines);
  const place = proof.places().find(({ entry }) => entry === entryId);
  const drawnAs = place ? (proof.drawn?.indexOf(place.entry) ?? -1) + 1 : 0;
  // Who came after the draw has given it nothing.
  const isInDraw = commitment !== null && (sealed === null || drawnAs > 0);
  const isEmpty = !proof.fault && proof.lines === 0;
  return {
    fault: proof.fault ?? (isEmpty ? { seq: 0, what: 'the log is empty' } : null),
    lines: proof.lines,
    commitment,
    sealed,
    revealed,
    own: place
      ? {
          drawnAs,
          position: place.position,
          isNonceKept: nonce === undefined || !isInDraw ? undefined : loggedNonce === nonce,
        }
      : null,
  };
}
