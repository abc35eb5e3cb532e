import {
  type EndCause,
  isEndCause,
  isFoughtOut,
  isVerdictReason,
  type VerdictReason,
} from '../../../proto/sessions';
import type { MatchSession, PrismaClient } from '../../db/generated/client';
import type { Verdict } from '../judge-client';
import { type Blame, noteConduct } from './conduct';
import { type Deed, type Move, moveSession, type SessionRow, type Tx, trace } from './store';

/** What a browser says the result was. */
export interface Claim {
  readonly frames: number;
  /** uint32 */
  readonly checksum: number;
}

/**
 * Ends a connected session with the judge's verdict: result, replay and, in a dispute, both logs.
 * A second verdict for the same session changes nothing (`refused`).
 */
export function storeVerdict(
  db: PrismaClient,
  sessionId: string,
  verdict: Verdict,
  deed: Omit<Deed, 'reason'>,
  /** What spoiled the fight, if anything did. */
  blame?: Blame,
  /** Written in the same transaction. */
  also?: (tx: Tx, session: MatchSession) => Promise<void>,
): Promise<Move> {
  const { winner, reason, frames, checksum, cause, disputedFrame, disputedPlayer, replay, logs } = verdict;
  const detail = {
    winner,
    ...(cause === undefined ? {} : { cause }),
    frames,
    checksum,
    ...(disputedFrame === undefined ? {} : { disputedFrame }),
    ...(disputedPlayer === undefined ? {} : { disputedPlayer }),
    ...(blame ? { spoiledBy: blame.side ?? 0, spoiledHow: blame.reason } : {}),
  };
  return moveSession(db, sessionId, 'end', { ...deed, reason, detail }, async (tx, session) => {
    if (blame && frames > 0) await noteConduct(tx, session, blame, deed.at);
    await tx.matchResult.create({
      data: {
        sessionId,
        winner,
        reason,
        cause: cause ?? null,
        frames,
        checksum: BigInt(checksum),
        disputedFrame: disputedFrame ?? null,
        disputedPlayer: disputedPlayer ?? null,
        createdAt: deed.at,
      },
    });
    if (replay.byteLength > 0)
      await tx.replay.create({
        data: {
          sessionId,
          engineDigest: session.engineDigest ?? '',
          frames,
          checksum: BigInt(checksum),
          data: ownBytes(replay),
          createdAt: deed.at,
        },
      });
    for (const [index, inputs] of logs.entries())
      if (inputs.byteLength > 0)
        await tx.inputLog.create({ data: { sessionId, player: index + 1, inputs: ownBytes(inputs) } });
    await also?.(tx, session);
  });
}

/** A copy of its own memory: what arrived may be a view into a shared buffer. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Keeps in TRACE what a browser says; its first word counts, later ones are ignored. */
export async function storeClaim(
  db: PrismaClient,
  session: SessionRow,
  actorId: string,
  claim: Claim,
  at: Date,
): Promise<void> {
  const before = await db.traceEvent.findFirst({
    where: { sessionId: session.id, type: 'client_result', actorId },
    select: { id: true },
  });
  if (before) return;
  await trace(db, session.id, at, { type: 'client_result', actorId, detail: { ...claim } });
  if (session.status === 'ended') await compareClaim(db, session.id, actorId, claim, at);
}

/** Compares the claims that came before the verdict with it. */
export async function compareClaims(db: PrismaClient, sessionId: string, at: Date): Promise<void> {
  const claims = await db.traceEvent.findMany({ where: { sessionId, type: 'client_result' } });
  for (const { actorId, detail } of claims) {
    const claim = asClaim(detail);
    if (actorId !== null && claim) await compareClaim(db, sessionId, actorId, claim, at);
  }
}

/** TRACE `result_mismatch` when a browser saw another fight than the judge. */
async function compareClaim(
  db: PrismaClient,
  sessionId: string,
  actorId: string,
  claim: Claim,
  at: Date,
): Promise<void> {
  const result = await db.matchResult.findUnique({ where: { sessionId } });
  // Only what the fight itself ended must look alike everywhere.
  if (!result || !isFoughtOut(result.reason)) return;
  const judged = { frames: result.frames, checksum: Number(result.checksum) };
  if (claim.frames === judged.frames && claim.checksum === judged.checksum) return;
  await trace(db, sessionId, at, {
    type: 'result_mismatch',
    actorId,
    detail: { claimed: { ...claim }, judged },
  });
}

function asClaim(detail: unknown): Claim | undefined {
  if (typeof detail !== 'object' || detail === null) return undefined;
  if (!('frames' in detail) || !('checksum' in detail)) return undefined;
  const { frames, checksum } = detail;
  return typeof frames === 'number' && typeof checksum === 'number' ? { frames, checksum } : undefined;
}

/** The stored result of an ended session, or null. */
export async function findResult(
  db: PrismaClient,
  sessionId: string,
): Promise<{
  winner: 0 | 1 | 2;
  reason: VerdictReason;
  frames: number;
  checksum: number;
  cause?: EndCause;
} | null> {
  const row = await db.matchResult.findUnique({ where: { sessionId } });
  if (!row || !isVerdictReason(row.reason)) return null;
  const winner = row.winner === 1 || row.winner === 2 ? row.winner : 0;
  return {
    winner,
    reason: row.reason,
    frames: row.frames,
    checksum: Number(row.checksum),
    ...(isEndCause(row.cause) ? { cause: row.cause } : {}),
  };
}
