import { z } from 'zod';
import { getDb } from '../../db/client';
import { AppError } from '../../errors';
import { idSchema } from '../../ids';
import { afterCursor, toPage } from '../../records/page-cursor';
import { publicProcedure, router } from '../init';

/** Who fought, with what, and how it ended: all of it public, as the fight was. */
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

function publicMatch(session: MatchRow) {
  return {
    player1: { playerId: session.player1.id, playerName: session.player1.username },
    player2: { playerId: session.player2.id, playerName: session.player2.username },
    characters: [session.player1Character, session.player2Character ?? 1] as const,
    winner: session.result?.winner ?? 0,
    reason: session.result?.reason ?? null,
  };
}

export const replayRouter = router({
  /** One replay: `data` is base64 of engine/fighter/replay.ts's format, which holds the configuration too. */
  get: publicProcedure.input(z.object({ sessionId: idSchema })).query(async ({ input }) => {
    const row = await getDb().replay.findUnique({
      where: { sessionId: input.sessionId },
      include: { session: { include: MATCH } },
    });
    if (!row) throw new AppError('NOT_FOUND', `There is no replay of session ${input.sessionId}.`);
    return {
      sessionId: row.sessionId,
      engineDigest: row.engineDigest,
      frames: row.frames,
      checksum: Number(row.checksum),
      createdAt: row.createdAt,
      seed: row.session.seed === null ? null : Number(row.session.seed),
      delayFrames: row.session.delayFrames,
      ...publicMatch(row.session),
      data: Buffer.from(row.data).toString('base64'),
    };
  }),

  /** Finished matches that can be watched again, newest first. */
  list: publicProcedure
    .input(
      z
        .object({ cursor: z.string().max(500).nullish(), limit: z.number().int().min(1).max(50).default(20) })
        .prefault({}),
    )
    .query(async ({ input }) => {
      const sessions = await getDb().matchSession.findMany({
        where: { AND: [afterCursor(input.cursor), { replay: { isNot: null } }] },
        include: { ...MATCH, replay: { select: { frames: true, engineDigest: true } } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: input.limit + 1,
      });
      const page = toPage(sessions, input.limit);
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
    }),
});
