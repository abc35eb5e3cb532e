import type { Evaluation } from '../../engine/learning/learner';
import type { Training as WireTraining } from '../grpc/gen/training_control';
import { DEFAULT_CONFIG, type TrainingConfig, trainingConfigSchema } from './config';
import type { Upstream } from './control-client';
import type { TrainingRecord } from './records';
import type { TrainingStatus } from './session';
import { fromWireConfig } from './wire';

/** A training as the pages show it: what the database and the training service know together. */
export interface TrainingView {
  readonly sessionId: string;
  readonly name: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly status: TrainingStatus;
  /** Why it ended; empty while it goes on. */
  readonly reason: string;
  /** null when the service that runs it did not tell. */
  readonly config: TrainingConfig | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly lastStep: number;
  readonly lastEpisode: number;
  /** Oldest first; those that the running service remembers. */
  readonly evaluations: readonly Evaluation[];
}

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
    upstream.control ? upstream.trainings.map((training) => [training.session_id, training]) : [],
  );
  const views = records.map((record) => {
    const training = live.get(record.id);
    live.delete(record.id);
    const view = training ? fromWire(training, record) : fromRecord(record);
    const isLost =
      upstream.control && !training && isActive(view) && nowMs - record.createdAt.getTime() > GRACE_MS;
    if (!isLost) return view;
    return { ...view, status: 'failed' as const, reason: 'The training service no longer knows it.' };
  });
  for (const training of live.values()) views.push(fromWire(training, undefined));
  return views.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Whether it goes on, or is about to. */
export function isActive({ status }: { status: TrainingStatus }): boolean {
  return status === 'queued' || status === 'running';
}

function fromRecord(record: OwnedRecord): TrainingView {
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

function fromWire(training: WireTraining, record: OwnedRecord | undefined): TrainingView {
  const config = trainingConfigSchema.safeParse({ ...DEFAULT_CONFIG, ...fromWireConfig(training.config) });
  return {
    sessionId: training.session_id,
    name: record?.name ?? training.name,
    ownerId: record?.ownerId ?? null,
    ownerName: record?.owner?.username ?? null,
    status: toStatus(training.status),
    reason: training.reason,
    config: config.success ? config.data : null,
    createdAt: record?.createdAt ?? new Date(Number(training.created_at_ms)),
    endedAt: training.ended_at_ms > 0n ? new Date(Number(training.ended_at_ms)) : null,
    lastStep: training.last_step,
    lastEpisode: training.last_episode,
    evaluations: training.evaluations.map(({ step, rounds, wins, mean_reward }) => ({
      step,
      rounds,
      wins,
      meanReward: mean_reward,
    })),
  };
}

/** A service of somebody else may use other words; they are taken for the one that promises least. */
function toStatus(status: string): TrainingStatus {
  const known = ['queued', 'running', 'ended', 'stopped', 'failed'] as const;
  return known.find((one) => one === status) ?? 'ended';
}
