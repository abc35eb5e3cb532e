import { FRAMES_PER_SECOND } from '../../engine/fighter/rules';

/** A probe that has not come back by then is lost. */
const LOST_AFTER_MS = 1_000;
/** Probes that are looked at: the latest. */
const WINDOW = 64;
/** Fewer answers tell nothing. */
const LEAST = 5;
/** Beyond these a fight stutters, whatever the netcode does. */
const UNSTABLE_JITTER_MS = 25;
const UNSTABLE_LOSS = 0.05;
/** Frames that a rollback hides without anybody seeing it; the rest is for the input delay. */
const HIDDEN_FRAMES = 3;
const MOST_DELAY_FRAMES = 6;

/** How good a fight between two would be, over the arcade's server: between the two themselves it is rather better. */
export interface Quality {
  /** Median, milliseconds there and back. */
  readonly rttMs: number;
  /** Mean difference from one answer to the next (RFC 3550, 6.4.1, without its smoothing), milliseconds. */
  readonly jitterMs: number;
  /** Share of probes that did not come back within a second. */
  readonly loss: number;
  readonly isUnstable: boolean;
  /** Input delay that leaves three frames to rollback. */
  readonly delayFrames: number;
}

export interface Measurement {
  sent(number: number, nowMs: number): void;
  answered(number: number, nowMs: number): void;
  /** undefined until enough has come back. */
  read(nowMs: number): Quality | undefined;
}

export function createMeasurement(): Measurement {
  const sent: { readonly number: number; readonly atMs: number; rttMs?: number }[] = [];
  return {
    sent(number, atMs) {
      sent.push({ number, atMs });
      if (sent.length > WINDOW) sent.shift();
    },
    answered(number, nowMs) {
      const probe = sent.find((one) => one.number === number);
      if (probe) probe.rttMs ??= nowMs - probe.atMs;
    },
    read(nowMs) {
      const times = sent.flatMap(({ rttMs }) => rttMs ?? []);
      if (times.length < LEAST) return undefined;
      const late = sent.filter(({ atMs, rttMs }) => isLost(rttMs ?? nowMs - atMs)).length;
      const settled = sent.filter(({ atMs, rttMs }) => rttMs !== undefined || isLost(nowMs - atMs)).length;
      return qualityOf(times, late / settled);
    },
  };
}

const isLost = (ms: number): boolean => ms > LOST_AFTER_MS;

function qualityOf(times: readonly number[], loss: number): Quality {
  const rttMs = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  let moved = 0;
  times.forEach((time, index) => {
    moved += Math.abs(time - (times[index - 1] ?? time));
  });
  const jitterMs = moved / (times.length - 1);
  return {
    rttMs,
    jitterMs,
    loss,
    isUnstable: jitterMs > UNSTABLE_JITTER_MS || loss > UNSTABLE_LOSS,
    delayFrames: suggestedDelay(rttMs, jitterMs),
  };
}

/** Input delay, frames: what the way takes beyond what rollback hides. */
export function suggestedDelay(rttMs: number, jitterMs: number): number {
  const oneWayFrames = ((rttMs / 2 + jitterMs) * FRAMES_PER_SECOND) / 1000;
  return Math.min(MOST_DELAY_FRAMES, Math.max(0, Math.ceil(oneWayFrames - HIDDEN_FRAMES)));
}
