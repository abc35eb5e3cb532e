import { z } from 'zod';
import { END_CAUSES, SESSION_REASONS, TRACE_TYPES, VERDICT_REASONS } from '../../proto/sessions';
import type { Db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { SessionStatus } from '../db/generated/enums';
import { AppError } from '../errors';
import { conductCounts, countConduct } from './conduct';
import { dateSchema } from './dates';
import { afterCursor, toPage } from './page-cursor';
import { pageOf, searchWords } from './requests';
import { rulingView, showRuling } from './rulings';
import { readToldSides, toldSides } from './told-sides';
import { wireSummary } from './wire-reports';

/** What an admin may ask the list of sessions for. */
export const sessionFilter = z.object({
  ...pageOf({ default: 25, max: 100 }),
  id: searchWords,
  /** Part of a player's name, in any case, or a whole player id. */
  player: searchWords,
  statuses: z.array(z.enum(SessionStatus)).max(20).optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
});

const side = z.object({
  playerId: z.string(),
  playerName: z.string(),
  isGuest: z.boolean(),
  /** null until the request is accepted. */
  characterId: z.int().nullable(),
});

const summary = z.object({
  sessionId: z.string(),
  status: z.enum(SessionStatus),
  reason: z.string().pipe(z.enum(SESSION_REASONS)).nullable(),
  player1: side,
  player2: side,
  createdAt: z.date(),
  acceptedAt: z.date().nullable(),
  connectedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  result: z
    .object({
      winner: z.int(),
      reason: z.string().pipe(z.enum(VERDICT_REASONS)),
      frames: z.int(),
      checksum: z.number(),
      disputedFrame: z.int().nullable(),
      /** What brought the end about, where the fight itself did not. */
      cause: z.string().pipe(z.enum(END_CAUSES)).nullable(),
      /** Whose input was told in two ways. */
      disputedPlayer: z.int().nullable(),
    })
    .nullable(),
});

export const sessionPage = z.object({ sessions: z.array(summary), nextCursor: z.string().nullable() });

/** One line of TRACE. */
const traceLine = z.object({
  id: z.string(),
  at: z.date(),
  type: z.string().pipe(z.enum(TRACE_TYPES)),
  actorId: z.string().nullable(),
  fromStatus: z.enum(SessionStatus).nullable(),
  toStatus: z.enum(SessionStatus).nullable(),
  detail: z.unknown(),
});

export const sessionDetail = z.object({
  ...summary.shape,
  config: z.object({
    /** uint32 */
    seed: z.number().nullable(),
    delayFrames: z.int().nullable(),
    engineDigest: z.string().nullable(),
  }),
  connected: z.object({ player1: z.boolean(), player2: z.boolean() }),
  /** Oldest first, at most 5,000. */
  events: z.array(traceLine),
  replay: z
    .object({
      engineDigest: z.string(),
      frames: z.int(),
      checksum: z.number(),
      createdAt: z.date(),
      bytes: z.int(),
    })
    .nullable(),
  inputLogs: z.array(z.object({ player: z.int(), bytes: z.int() })),
  /** What the two told around the first frame in which they differ; null where they did not. */
  told: toldSides.nullable(),
  /** Pages that told what happened on the line (PEER-20). */
  wire: z.array(wireSummary),
  /** Of a rule engine, asked afterwards; null while none has ruled. */
  ruling: rulingView.nullable(),
  /** Of player 1 and player 2, in the last 24 hours. */
  conduct: z.tuple([conductCounts, conductCounts]),
});

const WITH_PLAYERS = {
  player1: { select: { id: true, username: true, isGuest: true } },
  player2: { select: { id: true, username: true, isGuest: true } },
  result: true,
} satisfies Prisma.MatchSessionInclude;

type SessionWithPlayers = Prisma.MatchSessionGetPayload<{ include: typeof WITH_PLAYERS }>;

function summaryOf(row: SessionWithPlayers): z.input<typeof summary> {
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
      cause: row.result.cause,
      disputedPlayer: row.result.disputedPlayer,
    },
  };
}

/** Sessions, newest first, a page at a time. */
export async function listSessions(
  db: Db,
  filter: z.output<typeof sessionFilter>,
): Promise<z.input<typeof sessionPage>> {
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
export async function getSessionDetail(db: Db, sessionId: string): Promise<z.input<typeof sessionDetail>> {
  const row = await db.matchSession.findUnique({
    where: { id: sessionId },
    include: {
      ...WITH_PLAYERS,
      // Lines of two messages may be stored in another order than the messages came.
      events: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 5_000 },
      replay: { select: { engineDigest: true, frames: true, checksum: true, createdAt: true } },
      ruling: true,
      wireReports: { omit: { story: true }, orderBy: { side: 'asc' } },
    },
  });
  if (!row) throw new AppError('NOT_FOUND', `There is no session ${sessionId}.`);
  const { replayBytes, inputLogs } = await storedSizes(db, sessionId);
  const conduct = await countConduct(db, [row.player1Id, row.player2Id]);
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
    told: row.result ? await readToldSides(db, sessionId, row.result) : null,
    wire: row.wireReports,
    ruling: showRuling(row.ruling),
    conduct: [conduct.get(row.player1Id) ?? [], conduct.get(row.player2Id) ?? []],
  };
}
