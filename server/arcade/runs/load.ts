import { z } from 'zod';
import { directorContext } from '../../../proto/gm';
import type { ArcadeRun } from '../../db/generated/client';
import { AppError } from '../../errors';
import type { ArcadeContext, Climber, KnownLadder } from '../context';
import type { Facts } from '../course/facts';
import type { FightHistory, Telling } from '../narrator';
import type { StoryState, Tx } from '../story';
import { type LineView, lineView } from '../views';

/** A run with everything that is known of it. */
export interface LoadedRun {
  readonly row: ArcadeRun;
  readonly status: StoryState['status'];
  readonly ladder: KnownLadder;
  readonly facts: Facts;
  readonly lines: readonly LineView[];
  readonly history: FightHistory;
}

/** Lines as they are kept; what can't be read is none. */
const keptLines = z.array(lineView).catch([]);

function historyOf(value: unknown): FightHistory {
  const parsed = directorContext.shape.fights.safeParse(value);
  return (parsed.success ? parsed.data : undefined) ?? [];
}

/**
 * Reads a run of somebody.
 * @throws {AppError} NOT_FOUND for a run that there is not, or of somebody else
 */
export async function loadRun(
  { story, ladders }: Pick<ArcadeContext, 'story' | 'ladders'>,
  tx: Tx,
  runId: string,
  playerId: string,
): Promise<LoadedRun> {
  const row = await tx.arcadeRun.findUnique({ where: { id: runId } });
  if (!row || row.userId !== playerId) throw new AppError('NOT_FOUND', 'You have no such run.');
  const state = await story.read(tx, runId);
  const ladder = await story.ladderOf(tx, runId);
  const known = (await ladders()).find(({ key }) => key === row.ladder);
  const { lastResult, lastHealthLeft } = row;
  const isKnown = lastResult === 'won' || lastResult === 'lost';
  return {
    row,
    status: state.status,
    ladder: {
      ...ladder,
      key: row.ladder,
      scenarioId: known?.scenarioId ?? '',
      isBundled: known?.isBundled ?? false,
    },
    facts: {
      sequenceId: state.sequenceId,
      affinities: state.affinities,
      items: state.items,
      departed: state.departed,
      stamina: state.stamina,
      nerve: state.nerve,
      flags: row.flags,
      losses: row.losses,
      last: isKnown ? { result: lastResult, healthLeft: lastHealthLeft ?? 0 } : undefined,
    },
    lines: keptLines.parse(row.lines),
    history: historyOf(row.history),
  };
}

/** Holds a run until the transaction ends, so that of two steps at once one waits. */
export async function lockRun(tx: Tx, runId: string): Promise<void> {
  await tx.$queryRaw`select 1 from "ArcadeRun" where id = ${runId} for no key update`;
}

/** Where a run stands, for the game master. */
export function tellingOf({ row, ladder, facts, history }: LoadedRun, { language }: Climber): Telling {
  return { runId: row.id, ladder, facts, said: row.said, history, language };
}

/** @throws {AppError} CONFLICT for a run that is paused or over, or that has gone on since */
export function mustStandAt({ row, status }: LoadedRun, version: number): void {
  if (status === 'ended')
    throw new AppError('CONFLICT', 'This run is over.', { detail: { reason: 'ended' } });
  if (status === 'paused')
    throw new AppError('CONFLICT', 'This run is paused. Go on with it first.', {
      detail: { reason: 'paused' },
    });
  if (row.version !== version)
    throw new AppError('CONFLICT', 'This run has gone on meanwhile, perhaps in another window.', {
      detail: { reason: 'moved_on', version: row.version },
    });
}
