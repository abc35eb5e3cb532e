import type { Db } from '../db/client';
import { roomLogger } from '../logger';
import { type BucketSeries, createBucketSeries, METRIC_FIELDS } from './buckets';
import { saveBuckets, saveTraining } from './records';
import { hasEnded, type Training, type TrainingJournal } from './session';

const log = roomLogger('training');

/** Curve of the evaluations: rounds won of rounds played. */
const WIN_RATE = 'win_rate';
const BUCKETS_PER_FIELD = 512;

/** Writes trainings into the database as they go on. */
export interface TrainingRecorder extends TrainingJournal {
  /** Saves everything that is not saved yet. */
  flush(): Promise<void>;
  /** Saves the rest and stops. */
  close(): Promise<void>;
}

interface Draft {
  training: Training;
  series: Map<string, BucketSeries>;
}

/**
 * Creates a recorder that saves every `intervalMs` and soon after each change of a status. When the
 * database does not answer it keeps what it has (which is bounded) and tries again.
 */
export function createTrainingRecorder(db: Db, intervalMs = 3000): TrainingRecorder {
  const drafts = new Map<string, Draft>();
  const dirty = new Set<string>();
  let running: Promise<void> | undefined;
  let again = false;

  const addPoint = (sessionId: string, field: string, step: number, value: number): void => {
    const draft = drafts.get(sessionId);
    if (!draft) return;
    let series = draft.series.get(field);
    if (!series) {
      series = createBucketSeries(field, BUCKETS_PER_FIELD);
      draft.series.set(field, series);
    }
    series.add(step, value);
    dirty.add(sessionId);
  };

  const save = async (sessionId: string, draft: Draft): Promise<void> => {
    dirty.delete(sessionId);
    const { training } = draft;
    const series = [...draft.series.values()];
    const changes = series.map((one) => ({ field: one.field, ...one.takeChanges() }));
    try {
      await saveTraining(db, training);
      await saveBuckets(db, sessionId, changes);
    } catch (error) {
      for (const one of series) one.returnChanges();
      dirty.add(sessionId);
      log.warn({ err: error, sessionId }, 'a training could not be saved; trying again');
      return;
    }
    if (hasEnded(training) && !dirty.has(sessionId)) drafts.delete(sessionId);
  };

  const saveAll = async (): Promise<void> => {
    do {
      again = false;
      for (const sessionId of [...dirty]) {
        const draft = drafts.get(sessionId);
        if (draft) await save(sessionId, draft);
      }
    } while (again);
  };

  const flush = (): Promise<void> => {
    again = true;
    running ??= saveAll().finally(() => {
      running = undefined;
    });
    return running;
  };

  const timer = setInterval(() => void flush(), intervalMs);
  timer.unref();

  return {
    changed(training) {
      const draft = drafts.get(training.sessionId);
      if (draft) draft.training = training;
      else drafts.set(training.sessionId, { training, series: new Map() });
      dirty.add(training.sessionId);
      void flush();
    },
    measured(sessionId, measurement) {
      const draft = drafts.get(sessionId);
      if (!draft) return;
      draft.training = { ...draft.training, lastStep: measurement.step, lastEpisode: measurement.episode };
      for (const [field, read] of Object.entries(METRIC_FIELDS)) {
        addPoint(sessionId, field, measurement.step, read(measurement));
      }
    },
    evaluated(sessionId, { step, wins, rounds }) {
      addPoint(sessionId, WIN_RATE, step, wins / rounds);
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
