import { itemMeta } from '../../../proto/scenario-steps';
import { AppError } from '../../errors';
import type { KnownLadder } from '../context';
import { type ArcadeContext, type Climber, CONTINUE_PRICE, TRANSACTION } from '../context';
import { takeChoice, takeRest } from '../course/course';
import type { Facts } from '../course/facts';
import { stepAt } from '../course/facts';
import { loadRun, lockRun, tellingOf } from './load';
import { takeStep } from './take-step';

/** What a run is told to do between fights. */

interface At {
  readonly runId: string;
  /** The version of the run that the player saw. */
  readonly version: number;
}

/** Takes a choice of a scene or a road of a map. @throws {AppError} CONFLICT */
export function choose(
  ctx: ArcadeContext,
  climber: Climber,
  at: At & { readonly choice: string },
): Promise<void> {
  return takeStep(ctx, climber, at, async (run) => {
    mustNotWait(run.row.awaitsContinue);
    const turn = takeChoice(run.ladder, run.facts, at.choice);
    const step = stepAt(run.ladder, run.facts.sequenceId);
    const speaker = step.kind === 'scene' ? step.speaker : undefined;
    const first =
      speaker === undefined
        ? null
        : await ctx.narrator.line(tellingOf(run, climber), 'choice', {
            choice: at.choice,
            opponent: speaker,
          });
    return { turn, type: 'choice', changes: { choice: at.choice }, first };
  });
}

/** Rests where there is rest. @throws {AppError} CONFLICT */
export function rest(ctx: ArcadeContext, climber: Climber, at: At): Promise<void> {
  return takeStep(ctx, climber, at, async (run) => {
    mustNotWait(run.row.awaitsContinue);
    const first = await ctx.narrator.line(tellingOf(run, climber), 'rest');
    return { turn: takeRest(run.ladder, run.facts), type: 'rest', changes: {}, first };
  });
}

/** Ways to pay for another try at a fight that was lost. */
export type ContinueWith = 'continue' | 'token' | 'coin';

/**
 * Pays for another try.
 * @throws {AppError} CONFLICT when nothing was lost, or there is nothing to pay with
 */
export function payContinue(
  ctx: ArcadeContext,
  climber: Climber,
  at: At & { readonly with: ContinueWith },
): Promise<void> {
  return takeStep(ctx, climber, at, (run) => {
    const { row, facts, ladder } = run;
    if (!row.awaitsContinue) throw new AppError('CONFLICT', 'Nothing was lost that could be tried again.');
    const paid = payment(ladder, facts, row.continuesLeft, at.with);
    const { sequenceId } = facts;
    return {
      turn: { facts: paid.facts, effects: paid.effects, goal: { kind: 'sequence', sequenceId } },
      type: 'continue',
      changes: { with: at.with },
      first: null,
      columns: {
        continuesUsed: { increment: 1 },
        ...(at.with === 'continue' ? { continuesLeft: { decrement: 1 } } : {}),
      },
      ...(at.with === 'coin'
        ? {
            also: (tx) =>
              ctx.purse.pay(tx, {
                userId: climber.playerId,
                coins: CONTINUE_PRICE,
                key: `arcade:${row.id}:${row.version + 1}`,
                reason: 'arcade_continue',
              }),
          }
        : {}),
    };
  });
}

/** The token that is spent first; undefined where none is owned. */
export function tokenOf({ scenario }: KnownLadder, facts: Facts): string | undefined {
  return scenario.items.find(
    ({ scenario_item_id, meta }) =>
      (facts.items[scenario_item_id] ?? 0) > 0 && itemMeta.safeParse(meta).data?.kind === 'token',
  )?.scenario_item_id;
}

function payment(ladder: KnownLadder, facts: Facts, left: number, how: ContinueWith) {
  const nothing = { facts, effects: [] };
  if (how === 'coin') return nothing;
  if (how === 'continue') {
    if (left > 0) return nothing;
    throw new AppError('CONFLICT', 'No continues are left. A token or coins also do.');
  }
  const token = tokenOf(ladder, facts);
  if (token === undefined) throw new AppError('CONFLICT', 'You own no token.');
  const items = { ...facts.items, [token]: (facts.items[token] ?? 0) - 1 };
  return { facts: { ...facts, items }, effects: [{ item: token, quantity: -1 }] };
}

function mustNotWait(awaitsContinue: boolean): void {
  if (awaitsContinue)
    throw new AppError('CONFLICT', 'The last fight was lost: try it again, or give the run up.');
}

/** Saves a run and leaves it; it is saved anyway, and everything waits until it is resumed. */
export const pauseRun = (ctx: ArcadeContext, climber: Climber, runId: string): Promise<void> =>
  changeLife(ctx, climber, runId, 'pause');

export const resumeRun = (ctx: ArcadeContext, climber: Climber, runId: string): Promise<void> =>
  changeLife(ctx, climber, runId, 'resume');

/** Gives a run up; what was scored counts. */
export const endRun = (ctx: ArcadeContext, climber: Climber, runId: string): Promise<void> =>
  changeLife(ctx, climber, runId, 'end');

async function changeLife(
  ctx: ArcadeContext,
  climber: Climber,
  runId: string,
  what: 'pause' | 'resume' | 'end',
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    await lockRun(tx, runId);
    await loadRun(ctx, tx, runId, climber.playerId);
    await ctx.story[what](tx, runId);
    const now = new Date(ctx.clock.now());
    await tx.arcadeRun.update({
      where: { id: runId },
      data: { updatedAt: now, ...(what === 'end' ? { endedAt: now } : {}) },
      select: { id: true },
    });
  }, TRANSACTION);
}
