/** Deepest rollback that has a bar of its own in the histogram. */
export const HISTOGRAM_BARS = 32;

/** What a session counts, always. Counters run from the start of the session; durations are milliseconds. */
export interface SessionMetrics {
  /** Smoothed round trip to the farthest peer. */
  pingMs: number;
  /** Mean deviation of the round trip. */
  jitterMs: number;
  /** Share of the peer's packets that never came, 0 to 1, over the last few seconds. */
  loss: number;
  bytesIn: number;
  bytesOut: number;
  packetsIn: number;
  packetsOut: number;
  /** Datagrams refused by the decoder. */
  packetsRejected: number;
  /** Rollbacks by depth in frames: `rollbackHistogram[3]` counts rollbacks of 3 frames; the last bar holds deeper ones. */
  readonly rollbackHistogram: Uint32Array;
  rollbacks: number;
  /** Frames simulated again in all. */
  rollbackFrames: number;
  /** Depth of the rollback in the latest `advance`, 0 when there was none. */
  lastRollbackFrames: number;
  maxRollbackFrames: number;
  /** Frames that were first simulated with a guess. */
  predictedFrames: number;
  /** How many times the session came to a halt at the prediction limit, and for how many ticks in all. */
  stalls: number;
  stalledTicks: number;
  /** Frames between the newest simulated frame and the confirmed one. */
  confirmationLagFrames: number;
  /** How many frames this side is ahead of the other, as each side sees it (smoothed), and as both agree. */
  localAdvantageFrames: number;
  remoteAdvantageFrames: number;
  offsetFrames: number;
  /** Frames that the other side had to simulate again (as it reported). */
  remoteRollbackFrames: number;
  /** Our share of all rollback frames, 0 to 1; 0.5 is fair. */
  fairness: number;
  inputDelayFrames: number;
  desyncs: number;
}

/** Fresh figures, all zero. */
export function createMetrics(): SessionMetrics {
  return {
    pingMs: 0,
    jitterMs: 0,
    loss: 0,
    bytesIn: 0,
    bytesOut: 0,
    packetsIn: 0,
    packetsOut: 0,
    packetsRejected: 0,
    rollbackHistogram: new Uint32Array(HISTOGRAM_BARS + 1),
    rollbacks: 0,
    rollbackFrames: 0,
    lastRollbackFrames: 0,
    maxRollbackFrames: 0,
    predictedFrames: 0,
    stalls: 0,
    stalledTicks: 0,
    confirmationLagFrames: 0,
    localAdvantageFrames: 0,
    remoteAdvantageFrames: 0,
    offsetFrames: 0,
    remoteRollbackFrames: 0,
    fairness: 0.5,
    inputDelayFrames: 0,
    desyncs: 0,
  };
}

/** Notes one rollback of `depth` frames. */
export function countRollback(metrics: SessionMetrics, depth: number): void {
  const bar = Math.min(depth, HISTOGRAM_BARS);
  metrics.rollbackHistogram[bar] = (metrics.rollbackHistogram[bar] ?? 0) + 1;
  metrics.rollbacks += 1;
  metrics.rollbackFrames += depth;
  metrics.lastRollbackFrames = depth;
  if (depth > metrics.maxRollbackFrames) metrics.maxRollbackFrames = depth;
}
