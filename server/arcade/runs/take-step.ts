import type { Effect, LineMoment, Step } from '../../../proto/scenario-steps';
import type { ArcadeRun, Prisma } from '../../db/generated/client';
import { AppError } from '../../errors';
import { type ArcadeContext, type Climber, TRANSACTION } from '../context';
import { stepsTaken } from '../counts';
import type { Turn } from '../course/course';
import { applyAll, type Facts, stepAt } from '../course/facts';
import { CONTINUE_POINTS, ENDING_POINTS } from '../course/score';
import type { StoryStep, Tx } from '../story';
import { type LoadedRun, loadRun, lockRun, mustStandAt, tellingOf } from './load';
import type { ReadyLine } from './terms';

/** As many lines are kept as the wire takes; as many places as the map shows. */
const MAX_SAID = 500;
const MAX_WALKED = 500;

/** A step, decided and not yet written. */
export interface DecidedStep {
  readonly turn: Turn;
  /** What kind of turn it is in TRACE, and with what. */
  readonly type: 'choice' | 'rest' | 'fight' | 'continue' | 'start';
  readonly changes: Readonly<Record<string, unknown>>;
  /** What is said first: an answer to a choice, a word at the end of a fight. */
  readonly first: ReadyLine | null;
  /** The id of a line that was said since the last step, on another page. */
  readonly saidBefore?: string | null | undefined;
  /** What it earns. */
  readonly points?: number;
  /** Columns of the run that the step changes beside those that every step does. */
  readonly columns?: Prisma.ArcadeRunUpdateInput;
  /** Written in the same transaction. */
  also?(tx: Tx): Promise<void>;
}

const PHASES = { fight: 'combat', scene: 'dialogue', map: 'exploration', rest: 'rest' } as const;

/** The phase that a step is. */
export const phaseOf = (step: Step): StoryStep['phase'] => PHASES[step.kind];

const idsOf = (ids: readonly (string | null | undefined)[]): string[] => ids.flatMap((id) => id ?? []);

const effectsOf = (line: ReadyLine | null): readonly Effect[] => line?.effects ?? [];

/**
 * Takes a step of a run: what follows is decided, the line for the new place is asked for, then all of it is written at
 * once. Nothing is written when the run has gone on meanwhile.
 * @throws {AppError} CONFLICT, and what `decide` throws
 */
export async function takeStep(
  ctx: ArcadeContext,
  climber: Climber,
  at: { readonly runId: string; readonly version: number },
  decide: (run: LoadedRun) => DecidedStep | Promise<DecidedStep>,
): Promise<void> {
  const before = await loadRun(ctx, ctx.db, at.runId, climber.playerId);
  mustStandAt(before, at.version);
  const step = await decide(before);
  const spoken = await speak(ctx, climber, before, step);
  await ctx.db.$transaction(async (tx) => {
    await lockRun(tx, at.runId);
    mustStandAt(await loadRun(ctx, tx, at.runId, climber.playerId), at.version);
    await writeStep(ctx, tx, before, step, spoken);
    await step.also?.(tx);
  }, TRANSACTION);
  stepsTaken.inc({ what: step.type });
}

/** What is said after a step, and the facts with what the lines change. */
interface Spoken {
  readonly lines: readonly ReadyLine[];
  readonly facts: Facts;
}

async function speak(
  ctx: ArcadeContext,
  climber: Climber,
  run: LoadedRun,
  { turn, type, first, saidBefore }: DecidedStep,
): Promise<Spoken> {
  const afterFirst = applyAll(turn.facts, effectsOf(first));
  const said = [...run.row.said, ...idsOf([saidBefore, first?.said])];
  const telling = { ...tellingOf({ ...run, facts: afterFirst }, climber), said };
  const moment = momentAfter(type, turn.goal);
  const second = moment ? await ctx.narrator.line(telling, moment) : null;
  return {
    lines: [first, second].filter((line) => line !== null),
    facts: applyAll(afterFirst, effectsOf(second)),
  };
}

/** What may be said where a step leads; nobody greets a player who has only paid for another try. */
export function momentAfter(type: DecidedStep['type'], goal: Turn['goal']): LineMoment | undefined {
  if (type === 'continue') return undefined;
  if (goal.kind === 'again') return 'continue';
  return goal.kind === 'ending' ? 'ending' : 'arrive';
}

async function writeStep(
  ctx: ArcadeContext,
  tx: Tx,
  { row, ladder, facts: before, status }: LoadedRun,
  { turn, type, changes, points = 0, columns, saidBefore }: DecidedStep,
  { lines, facts }: Spoken,
): Promise<void> {
  if (status !== 'active') throw new AppError('CONFLICT', 'This run does not go on.');
  const now = new Date(ctx.clock.now());
  const { goal } = turn;
  const isEnding = goal.kind === 'ending';
  await ctx.story.write(tx, row.id, {
    key: `arcade-${row.version + 1}`,
    before,
    after: facts,
    phase: phaseOf(stepAt(ladder, facts.sequenceId)),
    turnType: type,
    changes: {
      ...changes,
      effects: turn.effects,
      goal,
      said: lines.map(({ said }) => said ?? 'model'),
    },
  });
  await tx.arcadeRun.update({
    where: { id: row.id },
    data: {
      version: { increment: 1 },
      flags: [...facts.flags],
      losses: facts.losses,
      lastResult: facts.last?.result ?? null,
      lastHealthLeft: facts.last?.healthLeft ?? null,
      awaitsContinue: goal.kind === 'again',
      endingId: isEnding ? goal.endingId : null,
      said: [...row.said, ...idsOf([saidBefore, ...lines.map(({ said }) => said)])].slice(-MAX_SAID),
      walked: [...row.walked, before.sequenceId].slice(-MAX_WALKED),
      lines: lines.map(({ line }) => line),
      updatedAt: now,
      score: { increment: points + (isEnding ? endingPoints(row) : 0) },
      ...(isEnding ? { endedAt: now } : {}),
      ...columns,
    },
    select: { id: true },
  });
  if (isEnding) await ctx.story.end(tx, row.id);
}

/** What reaching an ending is worth. */
const endingPoints = ({ continuesLeft }: ArcadeRun): number =>
  ENDING_POINTS + continuesLeft * CONTINUE_POINTS;
