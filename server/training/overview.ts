import { z } from 'zod';
import type { Training as WireTraining } from '../grpc/gen/proto/training_control';
import { DEFAULT_CONFIG, trainingConfigSchema } from './config';
import type { Upstream } from './control-client';
import { namedReason, ourReason, REASON_CODES, REASONS } from './reasons';
import type { TrainingRecord } from './records';
import { TRAINING_STATUSES, type TrainingStatus } from './session';
import { fromWireConfig, fromWireStatus } from './wire';

/** Any number, NaN and infinite ones too: what a learner measures may be just that. */
export const anyNumber = z.custom<number>((value) => typeof value === 'number');

/** A training as the pages show it: what the database and the training service know together. */
export const trainingViewSchema = z.object({
  sessionId: z.string(),
  name: z.string(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  status: z.enum(TRAINING_STATUSES),
  /** Why it ended, in our words; empty while it goes on, and where its service says something else. */
  reason: z.string(),
  /** The same by its name, with the numbers in it; null where there is none. */
  named: z.object({ code: z.enum(REASON_CODES), values: z.array(z.number()).readonly() }).nullable(),
  /** null when the service that runs it did not tell. */
  config: trainingConfigSchema.nullable(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  lastStep: z.int(),
  lastEpisode: z.int(),
  /** Oldest first; those that the running service remembers. */
  evaluations: z.array(z.object({ step: z.int(), rounds: z.int(), wins: z.int(), meanReward: anyNumber })),
});

export type TrainingView = Readonly<z.infer<typeof trainingViewSchema>>;

type Unnamed = Omit<TrainingView, 'named'>;

/** Evaluations of one training that are shown: more than any of ours makes. */
const MAX_EVALUATIONS = 4_000;
/** Trainings of the service that are shown, the newest; ours remembers fewer. */
const MAX_TRAININGS = 200;

type OwnedRecord = TrainingRecord & { owner: { username: string } | null };

/** A record this young may not have reached the training service yet. */
const GRACE_MS = 15_000;

/**
 * Joins records and what the training service knows, newest first. Of a training that goes on the
 * service knows better; one that it no longer knows has failed, whatever the record says.
 */
export function joinTrainings(
  records: readonly OwnedRecord[],
  upstream: Upstream,
  nowMs: number,
): TrainingView[] {
  const live = new Map(
    upstream.control
      ? upstream.trainings.slice(0, MAX_TRAININGS).map((training) => [training.session_id, training])
      : [],
  );
  const views = records.map((record) => {
    const training = live.get(record.id);
    live.delete(record.id);
    const view = training ? fromWire(training, record) : fromRecord(record);
    const isLost =
      upstream.control && !training && isActive(view) && nowMs - record.createdAt.getTime() > GRACE_MS;
    if (!isLost) return view;
    return { ...view, status: 'failed' as const, reason: REASONS.lost };
  });
  for (const training of live.values()) views.push(fromWire(training, undefined));
  return views
    .map((view) => ({ ...view, named: namedReason(view.reason) ?? null }))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Whether it goes on, or is about to. */
export function isActive({ status }: { status: TrainingStatus }): boolean {
  return status === 'queued' || status === 'running';
}

function fromRecord(record: OwnedRecord): Unnamed {
  const config = trainingConfigSchema.safeParse(record.config);
  return {
    sessionId: record.id,
    name: record.name,
    ownerId: record.ownerId,
    ownerName: record.owner?.username ?? null,
    status: record.status,
    reason: record.reason ?? '',
    config: config.success ? config.data : null,
    createdAt: record.createdAt,
    endedAt: record.endedAt,
    lastStep: record.lastStep,
    lastEpisode: record.lastEpisode,
    evaluations: [],
  };
}

/** What a service of somebody else calls its training: a name, and not a page. */
function shortName(name: string): string {
  return name.slice(0, 80).replace(/[\p{Cc}\p{Cf}]/gu, ' ');
}

/** Unix milliseconds as a date; 1970 where there is no such date. */
function dateOf(ms: bigint): Date {
  const date = new Date(Number(ms));
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

function fromWire(training: WireTraining, record: OwnedRecord | undefined): Unnamed {
  const config = trainingConfigSchema.safeParse({ ...DEFAULT_CONFIG, ...fromWireConfig(training.config) });
  return {
    sessionId: training.session_id,
    name: record?.name ?? shortName(training.name),
    ownerId: record?.ownerId ?? null,
    ownerName: record?.owner?.username ?? null,
    status: fromWireStatus(training.status),
    reason: ourReason(training.reason) ?? '',
    config: config.success ? config.data : null,
    createdAt: record?.createdAt ?? dateOf(training.created_at_ms),
    endedAt: training.ended_at_ms > 0n ? dateOf(training.ended_at_ms) : null,
    lastStep: training.last_step,
    lastEpisode: training.last_episode,
    evaluations: training.evaluations.slice(-MAX_EVALUATIONS).map(({ step, rounds, wins, mean_reward }) => ({
      step,
      rounds,
      wins,
      meanReward: mean_reward,
    })),
  };
}
