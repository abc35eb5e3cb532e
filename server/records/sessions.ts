import type { Db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import type { SessionStatus } from '../db/generated/enums';
import { AppError } from '../errors';
import { afterCursor, toPage } from './page-cursor';

/** What an admin may ask the list of sessions for. */
export interface SessionFilter {
  readonly id?: string | undefined;
  readonly statuses?: readonly SessionStatus[] | undefined;
  /** Part of a player's name, in any case, or a whole player id. */
  readonly player?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

const WITH_PLAYERS = {
  player1: { select: { id: true, username: true, isGuest: true } },
  player2: { select: { id: true, username: true, isGuest: true } },
  result: true,
} satisfies Prisma.MatchSessionInclude;

type SessionWithPlayers = Prisma.MatchSessionGetPayload<{ include: typeof WITH_PLAYERS }>;

function summaryOf(row: SessionWithPlayers) {
  const player = (user: SessionWithPlayers['player1'], characterId: number | null) => ({
    playerId: user.id,
    playerName: user.username,
    isGuest: user.isGuest,
    characterId,
  });
  return {
    sessionId: row.id,
    status: row.status,
    reason: row.reason,
    player1: player(row.player1, row.player1Character),
    player2: player(row.player2, row.player2Character),
    createdAt: row.createdAt,
    acceptedAt: row.acceptedAt,
    connectedAt: row.connectedAt,
    endedAt: row.endedAt,
    result: row.result && {
      winner: row.result.winner,
      reason: row.result.reason,
      frames: row.result.frames,
      checksum: Number(row.result.checksum),
      disputedFrame: row.result.disputedFrame,
    },
  };
}

/** Sessions, newest first, a page at a time. */
export async function listSessions(db: Db, filter: SessionFilter) {
  const named: Prisma.UserWhereInput | undefined = filter.player
    ? { OR: [{ id: filter.player }, { username: { contains: filter.player, mode: 'insensitive' } }] }
    : undefined;
  const rows = await db.matchSession.findMany({
    where: {
      AND: [
        afterCursor(filter.cursor),
        filter.id ? { id: filter.id } : {},
        filter.statuses && filter.statuses.length > 0 ? { status: { in: [...filter.statuses] } } : {},
        named ? { OR: [{ player1: named }, { player2: named }] } : {},
        filter.from ? { createdAt: { gte: filter.from } } : {},
        filter.to ? { createdAt: { lte: filter.to } } : {},
      ],
    },
    include: WITH_PLAYERS,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: filter.limit + 1,
  });
  const page = toPage(rows, filter.limit);
  return { sessions: page.rows.map(summaryOf), nextCursor: page.nextCursor };
}

/** Sizes are asked of the database, so that megabytes of inputs stay there. */
async function storedSizes(db: Db, sessionId: string) {
  const [replay] = await db.$queryRaw<{ bytes: number }[]>`
    select octet_length(data)::int as bytes from "Replay" where "sessionId" = ${sessionId}`;
  const inputLogs = await db.$queryRaw<{ player: number; bytes: number }[]>`
    select player, octet_length(inputs)::int as bytes from "InputLog" where "sessionId" = ${sessionId} order by player`;
  return { replayBytes: replay?.bytes ?? 0, inputLogs };
}

/**
 * One session with everything that is known of it, TRACE events oldest first.
 * @throws {AppError} NOT_FOUND
 */
export async function getSessionDetail(db: Db, sessionId: string) {
  const row = await db.matchSession.findUnique({
    where: { id: sessionId },
    include: {
      ...WITH_PLAYERS,
      events: { orderBy: { id: 'asc' }, take: 5_000 },
      replay: { select: { engineDigest: true, frames: true, checksum: true, createdAt: true } },
    },
  });
  if (!row) throw new AppError('NOT_FOUND', `There is no session ${sessionId}.`);
  const { replayBytes, inputLogs } = await storedSizes(db, sessionId);
  return {
    ...summaryOf(row),
    config: {
      seed: row.seed === null ? null : Number(row.seed),
      delayFrames: row.delayFrames,
      engineDigest: row.engineDigest,
    },
    connected: { player1: row.player1Connected, player2: row.player2Connected },
    events: row.events.map((event) => ({
      id: String(event.id),
      at: event.at,
      type: event.type,
      actorId: event.actorId,
      fromStatus: event.fromStatus,
      toStatus: event.toStatus,
      detail: event.detail,
    })),
    replay: row.replay && { ...row.replay, checksum: Number(row.replay.checksum), bytes: replayBytes },
    inputLogs,
  };
}
