import { seededFraction } from '../../../../engine/rollback/testing/random';
import { levelAt } from '../bucket';
import { freeSeats } from '../decide-tick';
import { estimateWait } from '../estimate';
import { Pace } from '../pace';
import { positionOf } from '../state';
import { createPlainQueue, type PlainQueue, plainSettings, START_MS } from './plain-queue';
import { createWorld } from './world';

export interface Simulation {
  readonly seed: number;
  readonly early: number;
  /** Who come after the opening, a second, for the first minutes. */
  readonly latePerS: number;
  readonly admissionsPerMinute: number;
  readonly burst?: number;
  /** How likely one who waits leaves, a second. */
  readonly leavingPerS: number;
  readonly tickMs: number;
  readonly sampleEveryS: number;
  /** Fewer than people, or undefined for enough. */
  readonly seats?: number;
}

export interface Findings {
  /** Estimates that were at least 10 s old when the turn came, told at least 10 s after the opening. */
  readonly estimates: number;
  readonly people: number;
  /** Share of them within ±20 % of what came. */
  readonly within20: number;
  /** Share of people nine tenths of whose estimates were. */
  readonly peopleWithin20: number;
  /** Share of them whose 90 % interval held what came. */
  readonly covered: number;
  /** Largest change of the foreseen end between two looks a second apart, as share of the wait, 99th percentile. */
  readonly jump99: number;
  /** Share of looks at which there was something to say. */
  readonly told: number;
}

interface Told {
  readonly atMs: number;
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function observe(queue: PlainQueue, pace: Pace): void {
  const { state, nowMs } = queue;
  const open = [...state.outstanding].map(({ entryId }) => entryId);
  pace.observe({
    nowMs,
    called: state.totals.called,
    left: state.totals.left,
    level: levelAt(state.bucket, nowMs),
    ratePerS: queue.settings.admissionsPerMinute / 60,
    waiting: state.waiting,
    free: freeSeats(state, queue.count?.(open), nowMs),
    isMoving: state.isOrdered && !state.isClosed && state.pausedAtMs === undefined,
  });
}

/** Runs a queue by a clock of its own until nobody waits, and holds what people were told against what came. */
export function simulate(options: Simulation): Findings {
  const random = seededFraction(options.seed);
  const queue = createPlainQueue({
    settings: plainSettings({ admissionsPerMinute: options.admissionsPerMinute, seats: options.seats }),
    nowMs: START_MS - 60_000,
    ...(options.burst === undefined ? {} : { burst: options.burst }),
  });
  if (options.seats !== undefined) queue.count = createWorld(options.seats).count;
  const pace = new Pace();
  const told = new Map<string, Told[]>();
  let people = 0;
  let looks = 0;
  let answers = 0;
  const come = (): void => {
    people += 1;
    queue.join(`p${people}`);
  };
  while (people < options.early) come();
  queue.nowMs = START_MS;

  function sample(): void {
    for (const entry of queue.state.entries.values()) {
      const position = positionOf(queue.state, entry);
      if (position === 0) continue;
      looks += 1;
      const estimate = estimateWait(position, pace.view);
      if (!estimate) continue;
      answers += 1;
      const list = told.get(entry.entryId) ?? [];
      list.push({ atMs: queue.nowMs, ...estimate });
      told.set(entry.entryId, list);
    }
  }

  const lateUntilMs = START_MS + 180_000;
  const longestMs = START_MS + 4 * 3_600_000;
  for (let steps = 0; queue.state.waiting > 0 && queue.nowMs < longestMs; steps += 1) {
    queue.tick();
    observe(queue, pace);
    if (steps % Math.max(1, Math.round((options.sampleEveryS * 1_000) / options.tickMs)) === 0) sample();
    const seconds = options.tickMs / 1_000;
    for (const entry of queue.state.entries.values()) {
      if (entry.state === 'waiting' && random() < options.leavingPerS * seconds) queue.leave(entry.userId);
    }
    if (queue.nowMs < lateUntilMs && random() < options.latePerS * seconds) come();
    queue.nowMs += options.tickMs;
  }
  return judge(queue, told, looks === 0 ? 0 : answers / looks);
}

function judge(queue: PlainQueue, told: ReadonlyMap<string, Told[]>, share: number): Findings {
  let estimates = 0;
  let within = 0;
  let covered = 0;
  let people = 0;
  let peopleWithin = 0;
  const jumps: number[] = [];
  for (const entry of queue.state.entries.values()) {
    if (entry.calledAtMs === 0) continue;
    let own = 0;
    let right = 0;
    let before: Told | undefined;
    for (const one of told.get(entry.entryId) ?? []) {
      const actual = (entry.calledAtMs - one.atMs) / 1_000;
      if (before && one.seconds > 10) {
        const shift = Math.abs(one.atMs / 1_000 + one.seconds - before.atMs / 1_000 - before.seconds);
        jumps.push(shift / one.seconds);
      }
      before = one;
      if (one.atMs < START_MS + 10_000 || actual < 10) continue;
      own += 1;
      if (Math.abs(one.seconds - actual) <= 0.2 * actual) right += 1;
      if (one.low <= actual && actual <= one.high) covered += 1;
    }
    if (own === 0) continue;
    people += 1;
    if (right >= 0.9 * own) peopleWithin += 1;
    estimates += own;
    within += right;
  }
  jumps.sort((a, b) => a - b);
  return {
    estimates,
    people,
    within20: within / estimates,
    peopleWithin20: peopleWithin / people,
    covered: covered / estimates,
    jump99: quantile(jumps, 0.99),
    told: share,
  };
}
