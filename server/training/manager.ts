import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { AppError } from '../errors';
import { roomLogger } from '../logger';
import { parseSessionId, parseTrainingConfig, type TrainingConfig } from './config';
import { trainingsEnded, trainingsQueued, trainingsRefused, trainingsStarted } from './counts';
import { launchWorker } from './launch';
import { ourReason, REASONS, threadDied } from './reasons';
import type { TrainingReport } from './run';
import {
  createSession,
  describeSession,
  type Followed,
  hasEnded,
  type Training,
  type TrainingJournal,
  type TrainingSession,
  type TrainingStatus,
} from './session';
import { nextOf, PLACE_WORDS, type Requester, shareUsedUp } from './shares';

const log = roomLogger('training');

export interface TrainingManagerOptions {
  /** Trainings at the same time; the others wait. By default 2, or 1 where there is one core. */
  maxRunning?: number;
  /** Trainings that may wait. */
  maxQueued?: number;
  /** Trainings that are remembered after they ended. */
  maxEnded?: number;
  /** Measurements that each one keeps. */
  historyLength?: number;
  /** How long a thread may take to stop by itself. */
  stopTimeoutMs?: number;
  journal?: TrainingJournal;
  /** Starts the thread of a training. */
  launch?: (config: TrainingConfig) => Worker;
}

/** Runs trainings in worker threads and remembers what they measured. */
export class TrainingManager {
  readonly #sessions = new Map<string, TrainingSession>();
  readonly #threads = new Set<Promise<void>>();
  readonly #options: Required<Omit<TrainingManagerOptions, 'journal'>>;
  readonly #journal: TrainingJournal | undefined;
  #closed = false;

  constructor({ journal, ...options }: TrainingManagerOptions = {}) {
    this.#journal = journal;
    this.#options = {
      maxRunning: Math.min(2, availableParallelism()),
      maxQueued: 8,
      maxEnded: 50,
      historyLength: 4096,
      stopTimeoutMs: 2000,
      launch: launchWorker,
      ...options,
    };
  }

  /**
   * Starts a training, or queues it while as many as may run at once do.
   * @param request.sessionId chosen here when absent.
   * @param request.config settings by name; see `trainingConfigSchema`.
   * @param request.requester for whom it is; who names nobody is limited by the places alone.
   * @throws AppError BAD_REQUEST for a bad id or setting, CONFLICT when the id is taken,
   *   RATE_LIMITED when all places are taken or a share is used up (`detail.reason`), UNAVAILABLE during shutdown.
   */
  start(request: {
    sessionId?: string;
    name?: string;
    config?: Readonly<Record<string, unknown>>;
    requester?: Requester | undefined;
  }): Training {
    const { requester } = request;
    if (this.#closed) throw new AppError('UNAVAILABLE', 'The training service is shutting down.');
    const sessionId = parseSessionId(request.sessionId ?? randomUUID());
    const config = parseTrainingConfig(request.config ?? {});
    if (this.#sessions.has(sessionId)) {
      throw new AppError('CONFLICT', `There is already a training with the id ${sessionId}.`);
    }
    this.#assertPlace(requester);
    const name = request.name?.trim().slice(0, 80) || `Training ${sessionId.slice(0, 8)}`;
    const session = createSession(sessionId, name, config, this.#options.historyLength, requester);
    this.#sessions.set(sessionId, session);
    trainingsStarted.inc({ by: requester?.standing ?? 'program' });
    this.#changed(session);
    this.#startQueued();
    if (session.status === 'queued') trainingsQueued.inc();
    return describeSession(session);
  }

  /**
   * Ends a training; one that has ended stays as it is. Answers at once: the thread may need a moment.
   * @throws AppError NOT_FOUND
   */
  stop(sessionId: string): Training {
    const session = this.#find(sessionId);
    if (session.status === 'queued') this.#end(session, 'stopped', REASONS.neverBegan);
    else if (session.status === 'running') this.#stopWorker(session);
    return describeSession(session);
  }

  /** @throws AppError NOT_FOUND */
  get(sessionId: string): Training {
    return describeSession(this.#find(sessionId));
  }

  has(sessionId: string): boolean {
    return this.#sessions.has(sessionId);
  }

  /** Everything that is remembered, newest first. */
  list(): Training[] {
    return [...this.#sessions.values()].reverse().map(describeSession);
  }

  /** @throws AppError NOT_FOUND */
  follow(sessionId: string): Followed {
    const session = this.#find(sessionId);
    return {
      history: session.history,
      describe: () => describeSession(session),
      hasEnded: () => hasEnded(session),
      onChange: (listener) => {
        session.listeners.add(listener);
        return () => session.listeners.delete(listener);
      },
      listenerCount: () => session.listeners.size,
    };
  }

  /** Stops everything; resolves when every thread is gone. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const session of this.#sessions.values()) {
      if (session.status === 'queued') this.#end(session, 'stopped', REASONS.shutDown);
      else if (session.status === 'running') this.#stopWorker(session, REASONS.shutDown);
    }
    await Promise.all(this.#threads);
  }

  #find(sessionId: string): TrainingSession {
    const session = this.#sessions.get(sessionId);
    if (session) return session;
    throw new AppError('NOT_FOUND', `There is no training with the id ${sessionId.slice(0, 80)}.`);
  }

  #assertPlace(requester: Requester | undefined): void {
    const { maxRunning, maxQueued } = this.#options;
    const active = [...this.#sessions.values()].filter((session) => !hasEnded(session));
    const waiting = active.filter(({ status }) => status === 'queued').length;
    const reason =
      waiting >= maxQueued && !this.#hasRoom()
        ? 'trainings_full'
        : requester &&
          shareUsedUp(
            active.map((session) => session.requester),
            requester,
            maxRunning + maxQueued,
          );
    if (!reason) return;
    trainingsRefused.inc({ reason });
    throw new AppError('RATE_LIMITED', PLACE_WORDS[reason], { detail: { reason } });
  }

  /** Threads that still stop count too: a machine is free when they are gone. */
  #hasRoom(): boolean {
    return this.#threads.size < this.#options.maxRunning;
  }

  #startQueued(): void {
    while (!this.#closed && this.#hasRoom()) {
      const next = nextOf([...this.#sessions.values()].filter(({ status }) => status === 'queued'));
      if (!next) return;
      this.#run(next);
    }
  }

  #run(session: TrainingSession): void {
    session.status = 'running';
    const worker = this.#options.launch(session.config);
    session.worker = worker;
    worker.on('message', (report: TrainingReport) => this.#take(session, report));
    worker.on('error', (error) => {
      const reason = ourReason(error.message);
      if (reason === undefined) log.error({ err: error, sessionId: session.sessionId }, 'a training broke');
      this.#end(session, 'failed', reason ?? REASONS.broke);
    });
    const thread = new Promise<void>((resolve) => {
      worker.once('exit', (code) => {
        session.worker = undefined;
        if (session.stopping) this.#end(session, 'stopped', REASONS.stopped);
        else this.#end(session, 'failed', threadDied(code));
        this.#threads.delete(thread);
        this.#startQueued();
        resolve();
      });
    });
    this.#threads.add(thread);
    this.#changed(session);
  }

  #take(session: TrainingSession, report: TrainingReport): void {
    if (hasEnded(session)) return;
    if (report.type === 'measured') {
      session.lastStep = report.measurement.step;
      session.lastEpisode = report.measurement.episode;
      session.history.add(report.measurement);
      this.#journal?.measured(session.sessionId, report.measurement);
      this.#tell(session);
    } else if (report.type === 'evaluated') {
      session.evaluations.push(report.evaluation);
      this.#journal?.evaluated(session.sessionId, report.evaluation);
      this.#tell(session);
    } else {
      this.#end(session, report.stopped ? 'stopped' : 'ended', report.reason);
    }
  }

  #stopWorker(session: TrainingSession, reason?: string): void {
    const { worker } = session;
    if (!worker || session.stopping) return;
    session.stopping = true;
    worker.postMessage('stop');
    const timer = setTimeout(() => void worker.terminate(), this.#options.stopTimeoutMs);
    worker.once('exit', () => clearTimeout(timer));
    if (reason) this.#end(session, 'stopped', reason);
  }

  /** Does nothing if it has ended already: the first reason is the true one. */
  #end(session: TrainingSession, status: TrainingStatus, reason: string): void {
    if (hasEnded(session)) return;
    session.status = status;
    session.reason = reason;
    session.endedAtMs = Date.now();
    session.requester = undefined;
    trainingsEnded.inc({ status });
    this.#changed(session);
    this.#forgetOldest();
  }

  #forgetOldest(): void {
    const ended = [...this.#sessions.values()].filter(hasEnded);
    for (const session of ended.slice(0, Math.max(0, ended.length - this.#options.maxEnded))) {
      this.#sessions.delete(session.sessionId);
    }
  }

  #changed(session: TrainingSession): void {
    this.#journal?.changed(describeSession(session));
    this.#tell(session);
  }

  #tell(session: TrainingSession): void {
    for (const listener of session.listeners) listener();
  }
}
