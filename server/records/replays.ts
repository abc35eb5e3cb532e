import { z } from 'zod';
import { isPlayable } from '../../engine/fighter/older-rules';
import { decodeFight, ReplayError } from '../../engine/fighter/replay';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import { convertOldReplay, isOldReplay } from './old-replays';
import { afterCursor, toPage } from './page-cursor';

/** Why a stored replay can't be played here: its rules are not ours, or its bytes are no replay. */
const unplayable = z.enum(['older_rules', 'damaged']);

const player = z.object({ playerId: z.string(), playerName: z.string() });

/** Who fought, with what, and how it ended: all of it public, as the fight was. */
const match = z.object({
  player1: player,
  player2: player,
  characters: z.tuple([z.number(), z.number()]),
  /** 1, 2 or 0. */
  winner: z.number(),
  reason: z.string().nullable(),
});

export const replayFilter = z
  .object({ cursor: z.string().max(500).nullish(), limit: z.number().int().min(1).max(50).default(20) })
  .prefault({});

export const replayPage = z.object({
  replays: z.array(
    match.extend({
      sessionId: z.string(),
      createdAt: z.date(),
      endedAt: z.date().nullable(),
      frames: z.number(),
      engineDigest: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** The bytes, base64, and what they are to this engine. */
export const replayData = z.object({
  data: z.string(),
  /** 0 where the replay doesn't say. */
  rulesVersion: z.number(),
  /** null when our engine plays it as it was, also one of older rules that went the same way. */
  unplayable: unplayable.nullable(),
});

export const replayDetail = match.extend({
  ...replayData.shape,
  sessionId: z.string(),
  engineDigest: z.string(),
  frames: z.number(),
  /** uint32 */
  checksum: z.number(),
  createdAt: z.date(),
  /** uint32 */
  seed: z.number().nullable(),
  delayFrames: z.number().nullable(),
});

const MATCH = {
  player1: { select: { id: true, username: true } },
  player2: { select: { id: true, username: true } },
  result: { select: { winner: true, reason: true } },
} as const;

interface MatchRow {
  readonly player1: { readonly id: string; readonly username: string };
  readonly player2: { readonly id: string; readonly username: string };
  readonly player1Character: number;
  readonly player2Character: number | null;
  readonly result: { readonly winner: number; readonly reason: string } | null;
}

function publicMatch(session: MatchRow): z.input<typeof match> {
  return {
    player1: { playerId: session.player1.id, playerName: session.player1.username },
    player2: { playerId: session.player2.id, playerName: session.player2.username },
    characters: [session.player1Character, session.player2Character ?? 1],
    winner: session.result?.winner ?? 0,
    reason: session.result?.reason ?? null,
  };
}

/** Finished matches that can be watched again, newest first. */
export async function listReplays(
  db: Db,
  { cursor, limit }: z.output<typeof replayFilter>,
): Promise<z.input<typeof replayPage>> {
  const sessions = await db.matchSession.findMany({
    where: { AND: [afterCursor(cursor), { replay: { isNot: null } }] },
    include: { ...MATCH, replay: { select: { frames: true, engineDigest: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = toPage(sessions, limit);
  return {
    replays: page.rows.map((session) => ({
      sessionId: session.id,
      createdAt: session.createdAt,
      endedAt: session.endedAt,
      frames: session.replay?.frames ?? 0,
      engineDigest: session.replay?.engineDigest ?? null,
      ...publicMatch(session),
    })),
    nextCursor: page.nextCursor,
  };
}

/**
 * One replay with its match.
 * @throws {AppError} NOT_FOUND
 */
export async function getReplay(db: Db, sessionId: string): Promise<z.input<typeof replayDetail>> {
  const row = await db.replay.findUnique({
    where: { sessionId },
    include: { session: { include: MATCH } },
  });
  if (!row) throw new AppError('NOT_FOUND', `There is no replay of session ${sessionId}.`);
  return {
    sessionId,
    engineDigest: row.engineDigest,
    frames: row.frames,
    checksum: Number(row.checksum),
    createdAt: row.createdAt,
    seed: row.session.seed === null ? null : Number(row.session.seed),
    delayFrames: row.session.delayFrames,
    ...publicMatch(row.session),
    ...(await presentData(db, sessionId, row.data)),
  };
}

/**
 * The bytes of one replay.
 * @throws {AppError} NOT_FOUND
 */
export async function getReplayData(db: Db, sessionId: string): Promise<z.input<typeof replayData>> {
  const row = await db.replay.findUnique({ where: { sessionId }, select: { data: true } });
  if (!row) throw new AppError('NOT_FOUND', `There is no replay of session ${sessionId}.`);
  return await presentData(db, sessionId, row.data);
}

/** Replays of the former format are converted by the first who asks, and kept as converted. */
async function presentData(
  db: Db,
  sessionId: string,
  stored: Uint8Array,
): Promise<z.input<typeof replayData>> {
  const converted = isOldReplay(stored) ? convertOldReplay(stored) : undefined;
  if (converted) {
    const data = new Uint8Array(converted);
    await db.replay.update({ where: { sessionId }, data: { data } });
  }
  const bytes = converted ?? stored;
  return { data: Buffer.from(bytes).toString('base64'), ...judgeBytes(bytes) };
}

function judgeBytes(bytes: Uint8Array): Omit<z.input<typeof replayData>, 'data'> {
  try {
    const { engineDigest: made, rulesVersion } = decodeFight(bytes);
    return { rulesVersion, unplayable: isPlayable(made) ? null : 'older_rules' };
  } catch (error) {
    if (error instanceof ReplayError) return { rulesVersion: 0, unplayable: 'damaged' };
    throw error;
  }
}
