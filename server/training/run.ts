import { setImmediate } from 'node:timers/promises';
import type { Environment } from '../../engine/learning/environment';
import { type Evaluation, Learner, type Measurement } from '../../engine/learning/learner';
import type { TrainingConfig } from './config';
import { diverged, REASONS, stepsDone, timeOver } from './reasons';

/** What a running training tells, in this order of frequency. */
export type TrainingReport =
  | { type: 'measured'; measurement: Measurement }
  | { type: 'evaluated'; evaluation: Evaluation }
  | { type: 'ended'; stopped: boolean; reason: string };

export interface RunOptions {
  config: TrainingConfig;
  /** A fresh instance of the task at each call: one to learn in, one to be evaluated in. */
  createEnvironment: () => Environment;
  report: (report: TrainingReport) => void;
  /** Asked about a hundred times a second. */
  isStopped: () => boolean;
  /** Milliseconds from any start. */
  now: () => number;
}

/** How long the learner works before it lets messages through. */
const SLICE_MS = 10;
/** Least time between two measurements, so that no reader is flooded: at most 40 a second. */
const REPORT_INTERVAL_MS = 25;
/** A measurement is due after this many steps even if no episode ended. */
const REPORT_STEPS = 64;
const EVALUATION_ROUNDS = 20;

/**
 * Trains until the steps, the time or the patience of whoever asked are spent.
 * @throws Error when the learner diverges: its values are no numbers any more.
 */
export async function runTraining(options: RunOptions): Promise<void> {
  const { config, createEnvironment, report, isStopped, now } = options;
  const learner = new Learner(createEnvironment(), {
    seed: config.seed,
    learningRate: config.learningRate,
    discount: config.discount,
    explorationSteps: Math.min(20_000, Math.ceil(config.maxSteps * 0.3)),
  });
  const evaluationEnvironment = createEnvironment();
  const deadline = now() + config.maxSeconds * 1000;

  const evaluate = () =>
    report({ type: 'evaluated', evaluation: learner.evaluate(evaluationEnvironment, EVALUATION_ROUNDS) });
  const measure = (at: number) => {
    const measurement = learner.measure();
    if (!measurement) return;
    if (!Number.isFinite(measurement.loss + measurement.qValue)) {
      throw new Error(diverged(learner.step, config.learningRate));
    }
    report({ type: 'measured', measurement });
    reportedAt = at;
    reportedStep = learner.step;
  };

  let reportedAt = Number.NEGATIVE_INFINITY;
  let reportedStep = 0;
  let sliceEnds = now() + SLICE_MS;
  let stopped = false;
  let reason = stepsDone(config.maxSteps);
  evaluate();
  while (learner.step < config.maxSteps) {
    const ended = learner.advance();
    const time = now();
    const due = ended || learner.step - reportedStep >= REPORT_STEPS;
    if (due && time - reportedAt >= REPORT_INTERVAL_MS) measure(time);
    if (learner.step % config.evaluateEverySteps === 0) evaluate();
    if (time < sliceEnds) continue;

    await setImmediate();
    if (isStopped()) {
      stopped = true;
      reason = REASONS.stopped;
      break;
    }
    if (now() >= deadline) {
      reason = timeOver(config.maxSeconds);
      break;
    }
    sliceEnds = now() + SLICE_MS;
  }
  measure(now());
  if (learner.step % config.evaluateEverySteps !== 0) evaluate();
  report({ type: 'ended', stopped, reason });
}
