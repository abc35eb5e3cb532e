import type { Db } from '../db/client';
import type { MatchSummary } from './match-view';

const LIVE_LISTED = 50;
const RECENT_LISTED = 20;

const player = { select: { id: true, username: true } } as const;

const fields = {
  id: true,
  status: true,
  reason: true,
  player1Character: true,
  player2Character: true,
  seed: true,
  connectedAt: true,
  endedAt: true,
  player1: player,
  player2: player,
  result: { select: { winner: true, reason: true, frames: true } },
} as const;

function select(db: Db, matchId: string) {
  return db.matchSession.findUnique({
    where: { id: matchId },
    select: { ...fields, replay: { select: { sessionId: true } } },
  });
}

type Row = Omit<NonNullable<Awaited<ReturnType<typeof select>>>, 'replay'>;

function summary(row: Row): MatchSummary {
  return {
    matchId: row.id,
    status: row.status,
    reason: row.reason,
    player1: {
      playerId: row.player1.id,
      playerName: row.player1.username,
      characterId: row.player1Character,
    },
    player2: {
      playerId: row.player2.id,
      playerName: row.player2.username,
      characterId: row.player2Character,
    },
    seed: row.seed === null ? null : Number(row.seed),
    since: row.connectedAt,
    endedAt: row.endedAt,
    result: row.result,
  };
}

/** Matches being played, the newest first. */
export async function listLiveMatches(db: Db): Promise<MatchSummary[]> {
  const rows = await db.matchSession.findMany({
    where: { status: { in: ['connected', 'paused'] } },
    orderBy: { createdAt: 'desc' },
    take: LIVE_LISTED,
    select: fields,
  });
  return rows.map(summary);
}

/** Matches that were fought to an end, the last one first. */
export async function listRecentMatches(db: Db): Promise<MatchSummary[]> {
  const rows = await db.matchSession.findMany({
    where: { status: 'ended', result: { isNot: null } },
    orderBy: { createdAt: 'desc' },
    take: RECENT_LISTED,
    select: fields,
  });
  return rows.map(summary);
}

/** One match between players, whether its replay is kept, or null. */
export async function findMatch(
  db: Db,
  matchId: string,
): Promise<(MatchSummary & { readonly hasReplay: boolean }) | null> {
  const row = await select(db, matchId);
  return row && { ...summary(row), hasReplay: row.replay !== null };
}
