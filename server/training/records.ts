import type { Measurement } from '../../engine/learning/learner';
import type { Db } from '../db/client';
import type { TrainingBucket, TrainingSession } from '../db/generated/client';
import { type Bucket, bucketsToMeasurements } from './buckets';
import type { TrainingConfig } from './config';
import { REASONS } from './reasons';
import type { Training } from './session';

/** A training as the database knows it. */
export type TrainingRecord = TrainingSession;

/** What changed of one curve since it was last saved. */
export interface BucketChanges {
  readonly field: string;
  /** Oldest first. */
  readonly changed: readonly Bucket[];
  /** Nothing that was saved of this curve holds any more. */
  readonly rebuilt: boolean;
}

/** Writes down who wants a training, before it is started. */
export async function createTrainingRecord(
  db: Db,
  record: { id: string; ownerId: string; name: string; config: TrainingConfig },
): Promise<TrainingRecord> {
  return db.trainingSession.create({ data: record });
}

/** Takes back a record whose training was refused. */
export async function discardTrainingRecord(db: Db, id: string): Promise<void> {
  await db.trainingSession.deleteMany({ where: { id } });
}

/** Saves how a training stands; one that nobody wrote down before gets no owner. */
export async function saveTraining(db: Db, training: Training): Promise<void> {
  const { sessionId, name, config, createdAtMs, status, reason, endedAtMs, lastStep, lastEpisode } = training;
  const state = {
    status,
    reason: reason === '' ? null : reason,
    config,
    lastStep,
    lastEpisode,
    endedAt: endedAtMs === undefined ? null : new Date(endedAtMs),
  };
  await db.trainingSession.upsert({
    where: { id: sessionId },
    create: { id: sessionId, name, createdAt: new Date(createdAtMs), ...state },
    update: state,
  });
}

/** Saves what changed of a training's curves, all or nothing. */
export async function saveBuckets(
  db: Db,
  sessionId: string,
  changes: readonly BucketChanges[],
): Promise<void> {
  const stale = changes.flatMap(({ field, changed, rebuilt }) => {
    const first = changed[0];
    if (rebuilt) return [{ field }];
    return first ? [{ field, fromStep: { gte: first.fromStep } }] : [];
  });
  if (stale.length === 0) return;
  const data = changes.flatMap(({ changed }) => changed.map((bucket) => ({ sessionId, ...bucket })));
  await db.$transaction([
    db.trainingBucket.deleteMany({ where: { sessionId, OR: stale } }),
    db.trainingBucket.createMany({ data }),
  ]);
}

/**
 * Marks as failed what an earlier life of this training service left unfinished.
 * @returns how many there were.
 */
export async function failInterruptedTrainings(db: Db): Promise<number> {
  const { count } = await db.trainingSession.updateMany({
    where: { status: { in: ['queued', 'running'] } },
    data: { status: 'failed', reason: REASONS.restarted, endedAt: new Date() },
  });
  return count;
}

/** Trainings, newest first; only those of `ownerId` if it is given. */
export async function listTrainingRecords(
  db: Db,
  limit: number,
  ownerId?: string,
): Promise<(TrainingRecord & { owner: { username: string } | null })[]> {
  return db.trainingSession.findMany({
    ...(ownerId === undefined ? {} : { where: { ownerId } }),
    orderBy: { createdAt: 'desc' },
    take: limit,
    include: { owner: { select: { username: true } } },
  });
}

/** One training with its curves by step; null when there is none. */
export async function findTrainingRecord(
  db: Db,
  id: string,
): Promise<(TrainingRecord & { owner: { username: string } | null; buckets: TrainingBucket[] }) | null> {
  return db.trainingSession.findUnique({
    where: { id },
    include: { owner: { select: { username: true } }, buckets: { orderBy: { fromStep: 'asc' } } },
  });
}

/** One training without its curves. */
export async function findTrainingStanding(
  db: Db,
  id: string,
): Promise<(TrainingRecord & { owner: { username: string } | null }) | null> {
  return db.trainingSession.findUnique({
    where: { id },
    include: { owner: { select: { username: true } } },
  });
}

/** What is left of a training that ended, by step; undefined when there is none or it goes on. */
export async function findEndedTraining(db: Db, id: string): Promise<Measurement[] | undefined> {
  const record = await db.trainingSession.findUnique({
    where: { id, status: { in: ['ended', 'stopped', 'failed'] } },
    include: { buckets: true },
  });
  return record ? bucketsToMeasurements(record.buckets) : undefined;
}
