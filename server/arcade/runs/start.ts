import { AppError } from '../../errors';
import { type ArcadeContext, type Climber, type KnownLadder, TRANSACTION } from '../context';
import { firstFacts, stepAt } from '../course/facts';
import type { Tx } from '../story';
import { phaseOf } from './take-step';

/** @throws {AppError} NOT_FOUND */
export async function ladderNamed(
  { ladders }: Pick<ArcadeContext, 'ladders'>,
  key: string,
): Promise<KnownLadder> {
  const found = (await ladders()).find((one) => one.key === key);
  if (!found) throw new AppError('NOT_FOUND', `There is no ladder ${JSON.stringify(key)}.`);
  return found;
}

/**
 * Begins to climb a ladder. Whoever climbs it already goes on with that run; to begin anew it has to be ended first.
 * @returns the run's id
 */
export async function startRun(
  ctx: ArcadeContext,
  climber: Climber,
  key: string,
): Promise<{ readonly runId: string; readonly isNew: boolean }> {
  const ladder = await ladderNamed(ctx, key);
  const facts = firstFacts(ladder);
  const telling = { runId: 'new', ladder, facts, said: [], history: [], language: climber.language };
  const first = await ctx.narrator.line(telling, 'arrive');
  return ctx.db.$transaction(async (tx) => {
    // Of two windows that begin at once one goes on with the other's run.
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`arcade:${climber.playerId}:${key}`}, 0))::text`;
    const open = await tx.arcadeRun.findFirst({
      where: { userId: climber.playerId, ladder: key, endedAt: null },
      select: { id: true },
    });
    const now = new Date(ctx.clock.now());
    if (open && (await goesOn(ctx, tx, open.id))) return { runId: open.id, isNew: false };
    // Its session was ended through the State Manager, which knows nothing of runs.
    if (open)
      await tx.arcadeRun.update({ where: { id: open.id }, data: { endedAt: now }, select: { id: true } });
    const runId = await ctx.story.start(tx, ladder, climber.playerId);
    await tx.arcadeRun.create({
      data: {
        id: runId,
        userId: climber.playerId,
        ladder: key,
        character: ladder.ladder.character,
        continuesLeft: ladder.ladder.continues,
        lines: first ? [first.line] : [],
        said: first?.said ? [first.said] : [],
        createdAt: now,
        updatedAt: now,
      },
    });
    await ctx.story.write(tx, runId, {
      key: 'arcade-0',
      before: facts,
      after: facts,
      phase: phaseOf(stepAt(ladder, facts.sequenceId)),
      turnType: 'start',
      changes: { ladder: key, character: ladder.ladder.character },
    });
    return { runId, isNew: true };
  }, TRANSACTION);
}

/** Whether the session of a run is there, and not over. */
async function goesOn({ story }: Pick<ArcadeContext, 'story'>, tx: Tx, runId: string): Promise<boolean> {
  try {
    return (await story.read(tx, runId)).status !== 'ended';
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return false;
    throw error;
  }
}
