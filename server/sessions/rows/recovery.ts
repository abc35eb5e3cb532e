import { z } from 'zod';
import { RELAY_CAUSES, type RelayCause } from '../../../proto/sessions';
import type { MatchSession, PrismaClient } from '../../db/generated/client';
import { type Pauses, tallyPauses } from '../pauses';
import type { SessionAction } from '../transitions';
import { findOpen, moveSession, type SessionRow, type Tx } from './store';

/**
 * Puts right what a stopped server left behind: nobody waits for an answer or connects any more, but
 * fights go on between the browsers while the server is away.
 * @returns the sessions that are still open: connected ones, and paused.
 */
export async function recoverSessions(
  db: PrismaClient,
  at: Date,
  /** Written in the transaction that fails a session. */
  also?: (tx: Tx, session: MatchSession) => Promise<void>,
): Promise<SessionRow[]> {
  const open: SessionRow[] = [];
  for (const row of await findOpen(db)) {
    const action = actionAfterRestart(row);
    if (action)
      await moveSession(db, row.id, action, { at, reason: 'restart' }, action === 'fail' ? also : undefined);
    else open.push(row);
  }
  return open;
}

function actionAfterRestart({ status }: SessionRow): SessionAction | undefined {
  if (status === 'requested') return 'decline';
  return status === 'accepted' || status === 'connecting' ? 'fail' : undefined;
}

/** What TRACE knows of a session's pauses. */
export async function findPauses(db: PrismaClient, session: SessionRow): Promise<Pauses> {
  const lines = await db.traceEvent.findMany({
    where: { sessionId: session.id, OR: [{ toStatus: 'paused' }, { fromStatus: 'paused' }] },
    orderBy: { id: 'asc' },
    select: { at: true, toStatus: true, actorId: true },
  });
  return tallyPauses(
    lines.map(({ at, toStatus, actorId }) => ({
      at: at.getTime(),
      isPaused: toStatus === 'paused',
      by: actorId === session.player2Id ? 2 : 1,
    })),
  );
}

/** Who gave this fight up before a judge could take note of it, or null. */
export async function findGivenUpBy(db: PrismaClient, sessionId: string): Promise<string | null> {
  const line = await db.traceEvent.findFirst({
    where: { sessionId, type: 'given_up' },
    orderBy: { id: 'asc' },
    select: { actorId: true },
  });
  return line?.actorId ?? null;
}

/** What the pages of a fight sign with, and whether it goes through the server: as TRACE has it. */
export async function findRoad(
  db: PrismaClient,
  sessionId: string,
): Promise<{
  readonly keys: readonly { readonly playerId: string; readonly inputKey: string }[];
  readonly relay: { readonly cause: RelayCause; readonly base: number } | undefined;
}> {
  const lines = await db.traceEvent.findMany({
    where: { sessionId, type: { in: ['input_key', 'relay_opened', 'relay_closed', 'connected'] } },
    orderBy: { id: 'asc' },
    select: { type: true, actorId: true, detail: true },
  });
  const keys = lines.flatMap(({ type, actorId, detail }) => {
    const found = inputKeyLine.safeParse(detail);
    return type === 'input_key' && actorId !== null && found.success
      ? [{ playerId: actorId, inputKey: found.data.inputKey }]
      : [];
  });
  const last = lines.findLast(({ type }) => type !== 'input_key');
  const opened = relayLine.safeParse(last?.detail);
  return { keys, relay: opened.success ? opened.data : undefined };
}

const inputKeyLine = z.object({ inputKey: z.string() });
const relayLine = z.object({ cause: z.enum(RELAY_CAUSES), base: z.int() });
