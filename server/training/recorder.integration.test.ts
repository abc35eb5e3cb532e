import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Measurement } from '../../engine/learning/learner';
import type { Db } from '../db/client';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { parseTrainingConfig } from './config';
import { createTrainingRecorder } from './recorder';
import { failInterruptedTrainings, findEndedTraining, findTrainingRecord } from './records';
import type { Training } from './session';

const HOUR_MS = 3_600_000;
let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

function training(sessionId: string, changes: Partial<Training> = {}): Training {
  return {
    sessionId,
    name: 'A training',
    status: 'running',
    reason: '',
    config: parseTrainingConfig({}),
    createdAtMs: Date.now(),
    endedAtMs: undefined,
    lastStep: 0,
    lastEpisode: 0,
    evaluations: [],
    ...changes,
  };
}

const measurement = (step: number): Measurement => ({
  step,
  episode: Math.ceil(step / 100),
  loss: 1 / step,
  reward: Math.sin(step),
  qValue: step / 1000,
  episodeLength: 50,
});

async function rewards(sessionId: string) {
  const record = await findTrainingRecord(db, sessionId);
  return (record?.buckets ?? []).filter(({ field }) => field === 'reward');
}

describe('the recorder', () => {
  it('saves curves in bounded buckets while they grow, however often it saves', async () => {
    const recorder = createTrainingRecorder(db, HOUR_MS);
    recorder.changed(training('long'));
    const values: number[] = [];
    for (let step = 10; step <= 120_000; step += 10) {
      recorder.measured('long', measurement(step));
      values.push(measurement(step).reward);
      if (step % 12_000 === 0) await recorder.flush();
    }
    const saved = await rewards('long');
    expect(saved.length).toBeGreaterThan(200);
    expect(saved.length).toBeLessThanOrEqual(512);
    expect(Math.min(...saved.map(({ min }) => min))).toBe(Math.min(...values));
    expect(Math.max(...saved.map(({ max }) => max))).toBe(Math.max(...values));
    expect(saved.at(-1)).toMatchObject({ toStep: 120_000, last: values.at(-1) });
    for (const [index, bucket] of saved.entries()) {
      expect(bucket.fromStep).toBeGreaterThan(saved[index - 1]?.toStep ?? -1);
    }
    expect(await findTrainingRecord(db, 'long')).toMatchObject({ status: 'running', lastStep: 120_000 });
    await recorder.close();
  });

  it('keeps how a training ended, its win rates and its curves', async () => {
    const recorder = createTrainingRecorder(db, HOUR_MS);
    recorder.changed(training('short'));
    for (const step of [100, 200, 300]) recorder.measured('short', measurement(step));
    recorder.evaluated('short', { step: 300, rounds: 20, wins: 15, meanReward: 1 });
    const endedAtMs = Date.now();
    const ended = { status: 'ended', reason: 'Done.', endedAtMs, lastStep: 300, lastEpisode: 3 } as const;
    recorder.changed(training('short', ended));
    await recorder.close();
    const record = await findTrainingRecord(db, 'short');
    expect(record).toMatchObject({
      status: 'ended',
      reason: 'Done.',
      lastStep: 300,
      endedAt: new Date(endedAtMs),
    });
    expect(record?.buckets.filter(({ field }) => field === 'win_rate')).toMatchObject([
      { toStep: 300, last: 0.75 },
    ]);
    expect(await findEndedTraining(db, 'short')).toEqual([100, 200, 300].map(measurement));
    expect(await findEndedTraining(db, 'long')).toBeUndefined();
    expect(await findEndedTraining(db, 'nobody')).toBeUndefined();
  });

  it('saves later what the database refused', async () => {
    const broken = { down: true };
    const flaky = new Proxy(db, {
      get(target, key) {
        if (broken.down && key === '$transaction') throw new Error('the database is down');
        return Reflect.get(target, key);
      },
    });
    const recorder = createTrainingRecorder(flaky, HOUR_MS);
    recorder.changed(training('unlucky'));
    recorder.measured('unlucky', measurement(100));
    await recorder.flush();
    recorder.measured('unlucky', measurement(200));
    await recorder.flush();
    expect(await rewards('unlucky')).toEqual([]);
    broken.down = false;
    recorder.measured('unlucky', measurement(300));
    await recorder.close();
    expect((await rewards('unlucky')).map(({ toStep }) => toStep)).toEqual([100, 200, 300]);
  });

  it('keeps the owner that was written down before the training began', async () => {
    const owner = await db.user.create({ data: { username: 'Ann', usernameKey: 'ann' } });
    const config = parseTrainingConfig({});
    await db.trainingSession.create({ data: { id: 'owned', name: 'Mine', ownerId: owner.id, config } });
    const recorder = createTrainingRecorder(db, HOUR_MS);
    recorder.changed(training('owned'));
    await recorder.close();
    expect(await findTrainingRecord(db, 'owned')).toMatchObject({
      status: 'running',
      name: 'Mine',
      owner: { username: 'Ann' },
    });
  });
});

describe('after a restart', () => {
  it('trainings that were under way have failed, and those that had ended have not', async () => {
    expect(await failInterruptedTrainings(db)).toBe(3);
    expect(await findTrainingRecord(db, 'long')).toMatchObject({
      status: 'failed',
      reason: 'The training service was restarted.',
      endedAt: expect.any(Date),
    });
    expect(await findTrainingRecord(db, 'short')).toMatchObject({ status: 'ended' });
    expect((await findEndedTraining(db, 'long'))?.length).toBeGreaterThan(200);
    expect(await failInterruptedTrainings(db)).toBe(0);
  });
});
