import type { z } from 'zod';
import { AppError } from '../../errors';
import type { ArcadeContext, KnownLadder } from '../context';
import { placeOf, stepAt } from '../course/facts';
import type { laddersView, scoresView } from '../views';
import { loadRun } from './load';

const MAX_SCORES = 100;

/** Every ladder, with the player's own run and best score. */
export async function listLadders(
  ctx: ArcadeContext,
  playerId: string | undefined,
): Promise<z.infer<typeof laddersView>> {
  const ladders = await Promise.all((await ctx.ladders()).map((ladder) => listed(ctx, ladder, playerId)));
  return { ladders };
}

async function listed(ctx: ArcadeContext, known: KnownLadder, playerId: string | undefined) {
  const { key, ladder, scenario } = known;
  const base = {
    key,
    title: ladder.title,
    text: ladder.text,
    character: ladder.character,
    acts: scenario.acts.length,
  };
  if (playerId === undefined) return { ...base, run: null, best: null };
  const [open, best] = await Promise.all([
    ctx.db.arcadeRun.findFirst({ where: { userId: playerId, ladder: key, endedAt: null } }),
    ctx.db.arcadeRun.findFirst({
      where: { userId: playerId, ladder: key, score: { gt: 0 } },
      orderBy: { score: 'desc' },
    }),
  ]);
  return {
    ...base,
    run: open ? await runLine(ctx, open.id, playerId) : null,
    best: best ? { score: best.score, ending: endingTitle(known, best.endingId) } : null,
  };
}

async function runLine(ctx: ArcadeContext, runId: string, playerId: string) {
  // One whose session is gone is shown no more; the other ladders are.
  const run = await loadRun(ctx, ctx.db, runId, playerId).catch(nullWhereGone);
  if (!run || run.status === 'ended') return null;
  const { row, status, ladder, facts } = run;
  return {
    runId,
    status,
    act: placeOf(ladder, facts.sequenceId).act,
    title: stepAt(ladder, facts.sequenceId).title,
    score: row.score,
    updatedAt: row.updatedAt.toISOString(),
  };
}

function nullWhereGone(error: unknown): null {
  if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
  throw error;
}

const endingTitle = ({ ladder }: KnownLadder, endingId: string | null) =>
  ladder.endings.find(({ id }) => id === endingId)?.title ?? null;

/** The highest scores of a ladder, or of all; the best run of each player counts. */
export async function listScores(
  ctx: ArcadeContext,
  { ladder, limit }: { readonly ladder?: string | undefined; readonly limit: number },
): Promise<z.infer<typeof scoresView>> {
  const rows = await ctx.db.arcadeRun.findMany({
    where: { score: { gt: 0 }, ...(ladder === undefined ? {} : { ladder }) },
    orderBy: [{ score: 'desc' }, { updatedAt: 'asc' }],
    distinct: ['userId', 'ladder'],
    take: Math.min(limit, MAX_SCORES),
    include: { user: { select: { username: true } } },
  });
  const ladders = await ctx.ladders();
  return {
    scores: rows.map((row, index) => {
      const known = ladders.find(({ key }) => key === row.ladder);
      return {
        place: index + 1,
        playerName: row.user.username,
        ladder: row.ladder,
        score: row.score,
        ending: known ? endingTitle(known, row.endingId) : null,
        continuesUsed: row.continuesUsed,
        at: (row.endedAt ?? row.updatedAt).toISOString(),
      };
    }),
  };
}
