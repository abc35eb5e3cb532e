import type { Worker } from 'node:worker_threads';
import type { Evaluation, Measurement } from '../../engine/learning/learner';
import type { TrainingConfig } from './config';
import { createRing, type Ring } from './metric-ring';
import type { Requester } from './shares';

/** The states of a training, as they go over the wire and into the database. */
export const TRAINING_STATUSES = ['queued', 'running', 'ended', 'stopped', 'failed'] as const;
export type TrainingStatus = (typeof TRAINING_STATUSES)[number];

/** One training as others see it: a copy that never changes. */
export interface Training {
  readonly sessionId: string;
  readonly name: string;
  readonly status: TrainingStatus;
  /** Why it ended; empty while it goes on. */
  readonly reason: string;
  readonly config: TrainingConfig;
  readonly createdAtMs: number;
  readonly endedAtMs: number | undefined;
  readonly lastStep: number;
  readonly lastEpisode: number;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
}

/** A training's measurements, to be followed from the oldest that is still held. */
export interface Followed {
  readonly history: Ring<Measurement>;
  /** The training as it is now. */
  describe(): Training;
  hasEnded(): boolean;
  /** Calls `listener` after each change, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** How many follow it; for tests. */
  listenerCount(): number;
}

/** Where trainings are written down. Called on every change; must neither throw nor wait. */
export interface TrainingJournal {
  changed(training: Training): void;
  measured(sessionId: string, measurement: Measurement): void;
  evaluated(sessionId: string, evaluation: Evaluation): void;
}

/** One training as the manager keeps it. */
export interface TrainingSession {
  readonly sessionId: string;
  readonly name: string;
  readonly config: TrainingConfig;
  readonly createdAtMs: number;
  /** For whom it is, while it has a place. */
  requester: Requester | undefined;
  status: TrainingStatus;
  reason: string;
  endedAtMs: number | undefined;
  lastStep: number;
  lastEpisode: number;
  readonly evaluations: Evaluation[];
  readonly history: Ring<Measurement>;
  /** Called after each change of anything above. */
  readonly listeners: Set<() => void>;
  /** Set while its thread lives. */
  worker: Worker | undefined;
  /** Whether somebody asked it to stop. */
  stopping: boolean;
}

/** A training that waits for its turn. */
export function createSession(
  sessionId: string,
  name: string,
  config: TrainingConfig,
  historyLength: number,
  requester?: Requester,
): TrainingSession {
  return {
    sessionId,
    name,
    config,
    createdAtMs: Date.now(),
    requester,
    status: 'queued',
    reason: '',
    endedAtMs: undefined,
    lastStep: 0,
    lastEpisode: 0,
    evaluations: [],
    history: createRing(historyLength),
    listeners: new Set(),
    worker: undefined,
    stopping: false,
  };
}

/** Whether nothing will happen in it any more. */
export function hasEnded(training: { status: TrainingStatus }): boolean {
  return training.status !== 'queued' && training.status !== 'running';
}

/** The session as it is now. */
export function describeSession(session: TrainingSession): Training {
  const { sessionId, name, status, reason, config, createdAtMs, endedAtMs, lastStep, lastEpisode } = session;
  return {
    sessionId,
    name,
    status,
    reason,
    config,
    createdAtMs,
    endedAtMs,
    lastStep,
    lastEpisode,
    evaluations: [...session.evaluations],
  };
}
