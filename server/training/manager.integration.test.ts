import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { Evaluation, Measurement } from '../../engine/learning/learner';
import { metricsText } from '../metrics';
import type { TrainingConfig } from './config';
import { launchWorker } from './launch';
import { TrainingManager, type TrainingManagerOptions } from './manager';
import { REASONS } from './reasons';
import { hasEnded, type Training } from './session';
import type { Standing } from './shares';

const STRIKE_WORKER = new URL('./testing/strike-worker.ts', import.meta.url);

/** Longer than any test: only ends when it is told to. */
const ENDLESS = { maxSteps: 2_000_000 };

let manager: TrainingManager;
const threads: Worker[] = [];

function create(options: TrainingManagerOptions = {}): TrainingManager {
  threads.length = 0;
  const launch = (config: TrainingConfig) => {
    const worker = launchWorker(config, STRIKE_WORKER);
    threads.push(worker);
    return worker;
  };
  manager = new TrainingManager({ maxRunning: 1, launch, ...options });
  return manager;
}

/** Resolves once the training is as wanted. */
function until(sessionId: string, isReached: (training: Training) => boolean): Promise<Training> {
  const followed = manager.follow(sessionId);
  return new Promise((resolve) => {
    const check = () => {
      const training = followed.describe();
      if (!isReached(training)) return;
      off();
      resolve(training);
    };
    const off = followed.onChange(check);
    check();
  });
}

const hasLearned = ({ lastStep }: Training) => lastStep > 0;

afterEach(() => manager.close());

/** What the counters of trainings say, by name and labels. */
async function counted(): Promise<Map<string, number>> {
  const { text } = await metricsText();
  const lines = text.split('\n').filter((line) => line.startsWith('arcade_training_'));
  return new Map(
    lines.map((line): [string, number] => {
      const [name = '', value] = line.split(' ');
      return [name, Number(value)];
    }),
  );
}

describe('the training manager', () => {
  it('runs a training in its own thread to its end, and it has learned by then', async () => {
    create();
    const begun = manager.start({ config: { maxSteps: 8000, evaluateEverySteps: 4000, learningRate: 1e-3 } });
    expect(begun).toMatchObject({ status: 'running', reason: '', lastStep: 0 });
    const ended = await until(begun.sessionId, hasEnded);
    expect(ended).toMatchObject({ status: 'ended', reason: 'All 8000 steps are done.', lastStep: 8000 });
    expect(ended.evaluations.map(({ step }) => step)).toEqual([0, 4000, 8000]);
    expect(ended.evaluations.at(0)?.wins).toBeLessThan(15);
    expect(ended.evaluations.at(-1)?.wins).toBeGreaterThan(18);

    const { history } = manager.follow(begun.sessionId);
    const measured = Array.from({ length: history.length }, (_, place) => history.get(place));
    const steps = measured.map((measurement) => measurement?.step ?? 0);
    expect(steps.length).toBeGreaterThan(5);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(measured.every((measurement) => (measurement?.loss ?? 0) > 0)).toBe(true);
    const seconds = ((ended.endedAtMs ?? 0) - ended.createdAtMs) / 1000;
    expect(steps.length / seconds).toBeLessThan(60);
  });

  it('stops a training when asked, and lets the next in the queue begin', async () => {
    create();
    const first = manager.start({ config: ENDLESS }).sessionId;
    const second = manager.start({ config: ENDLESS }).sessionId;
    expect(manager.get(second).status).toBe('queued');
    await until(first, hasLearned);
    manager.stop(first);
    expect(await until(first, hasEnded)).toMatchObject({ status: 'stopped', reason: 'It was stopped.' });
    expect(await until(second, hasLearned)).toMatchObject({ status: 'running' });
    expect(manager.stop(first).status).toBe('stopped');
    expect(manager.list().map(({ sessionId }) => sessionId)).toEqual([second, first]);
  });

  it('ends a training whose time is over', async () => {
    create();
    const { sessionId } = manager.start({ config: { ...ENDLESS, maxSeconds: 1 } });
    expect(await until(sessionId, hasEnded)).toMatchObject({
      status: 'ended',
      reason: 'Its time of 1 s is over.',
    });
  });

  it('says why a training failed when its code throws', async () => {
    create();
    const { sessionId } = manager.start({ config: { ...ENDLESS, seed: 666 } });
    expect(await until(sessionId, hasEnded)).toMatchObject({
      status: 'failed',
      reason: REASONS.broke,
    });
  });

  it('calls a training failed when its thread dies', async () => {
    create();
    const { sessionId } = manager.start({ config: ENDLESS });
    await until(sessionId, hasLearned);
    await threads[0]?.terminate();
    expect(await until(sessionId, hasEnded)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('thread died'),
    });
  });

  it('refuses what it has no room for, and ids that are taken or malformed', async () => {
    create({ maxQueued: 1 });
    manager.start({ sessionId: 'a', config: ENDLESS });
    manager.start({ sessionId: 'b', config: ENDLESS });
    expect(() => manager.start({ sessionId: 'c' })).toThrow('All places for trainings are taken');
    expect(() => manager.start({ sessionId: 'a' })).toThrow('already a training');
    expect(() => manager.start({ sessionId: 'no spaces' })).toThrow('no session id');
    expect(() => manager.stop('unknown')).toThrow('no training');
    expect(manager.stop('b')).toMatchObject({ status: 'stopped', reason: 'It was stopped before it began.' });
  });

  it('remembers a bounded number of ended trainings and of measurements', async () => {
    create({ maxEnded: 1, historyLength: 3 });
    const config = { maxSteps: 2000 };
    const [first, second] = [manager.start({ config }).sessionId, manager.start({ config }).sessionId];
    await until(second, hasEnded);
    expect(manager.has(first)).toBe(false);
    const { history } = manager.follow(second);
    expect(history.length).toBeGreaterThan(3);
    expect(history.oldest).toBe(history.length - 3);
    expect(history.get(history.length - 1)?.step).toBe(2000);
  });

  it('writes everything down in its journal', async () => {
    const statuses: string[] = [];
    const measured: Measurement[] = [];
    const evaluated: Evaluation[] = [];
    create({
      journal: {
        changed: ({ status }) => statuses.push(status),
        measured: (_id, measurement) => measured.push(measurement),
        evaluated: (_id, evaluation) => evaluated.push(evaluation),
      },
    });
    const { sessionId } = manager.start({ config: { maxSteps: 2000 } });
    const { evaluations } = await until(sessionId, hasEnded);
    expect(statuses).toEqual(['queued', 'running', 'ended']);
    expect(evaluated).toEqual(evaluations);
    expect(measured.length).toBe(manager.follow(sessionId).history.length);
  });

  it('TRAIN-7: counts who started, waited and was refused, and how trainings ended', async () => {
    create({ maxQueued: 4 });
    const before = await counted();
    const asks = (standing: Standing, ownerId: string = standing) => ({
      requester: { ownerId, addressKey: ownerId, standing },
    });
    const program = manager.start({ config: ENDLESS }).sessionId;
    const failing = manager.start({ config: { ...ENDLESS, seed: 666 }, ...asks('admin') }).sessionId;
    const ending = manager.start({ config: { maxSteps: 2000 }, ...asks('player') }).sessionId;
    const waiting = [manager.start({ config: ENDLESS, ...asks('guest') }).sessionId];
    expect(() => manager.start(asks('player', 'another'))).toThrow();
    waiting.push(manager.start({ config: ENDLESS, ...asks('admin') }).sessionId);
    expect(() => manager.start(asks('guest', 'another'))).toThrow();
    for (const sessionId of [...waiting, program]) manager.stop(sessionId);
    await until(failing, hasEnded);
    await until(ending, hasEnded);
    await until(program, hasEnded);
    const after = await counted();
    const added = [...after].map(([name, value]): [string, number] => [
      name,
      value - (before.get(name) ?? 0),
    ]);
    expect(Object.fromEntries(added.filter(([, value]) => value !== 0))).toEqual({
      'arcade_training_started_total{by="program"}': 1,
      'arcade_training_started_total{by="admin"}': 2,
      'arcade_training_started_total{by="player"}': 1,
      'arcade_training_started_total{by="guest"}': 1,
      arcade_training_queued_total: 4,
      'arcade_training_refused_total{reason="player_share"}': 1,
      'arcade_training_refused_total{reason="trainings_full"}': 1,
      'arcade_training_ended_total{status="stopped"}': 3,
      'arcade_training_ended_total{status="failed"}': 1,
      'arcade_training_ended_total{status="ended"}': 1,
    });
  });

  it('leaves no thread behind when it closes', async () => {
    create();
    const running = manager.start({ config: ENDLESS }).sessionId;
    const queued = manager.start({ config: ENDLESS }).sessionId;
    await manager.close();
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1]);
    for (const id of [running, queued]) {
      expect(manager.get(id)).toMatchObject({ status: 'stopped', reason: 'The service was shut down.' });
    }
    expect(() => manager.start({})).toThrow('shutting down');
  });
});
