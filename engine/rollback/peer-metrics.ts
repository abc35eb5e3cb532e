import type { Peer } from './connection';
import type { SessionMetrics } from './metrics';
import type { Timeline } from './timeline';

/** Brings the figures that describe the present up to date; the counters are kept where things are counted. */
export function measure(metrics: SessionMetrics, timeline: Timeline, connections: readonly Peer[]): void {
  metrics.pingMs = 0;
  metrics.jitterMs = 0;
  metrics.loss = 0;
  metrics.localAdvantageFrames = 0;
  metrics.remoteAdvantageFrames = 0;
  metrics.offsetFrames = 0;
  let rollbackFramesThere = 0;
  let present = 0;
  for (let i = 0; i < connections.length; i++) {
    const peer = connections[i];
    if (peer === undefined) continue;
    rollbackFramesThere += peer.rollbackFramesThere;
    if (peer.isGone) continue;
    present += 1;
    metrics.pingMs = Math.max(metrics.pingMs, peer.quality.pingMs);
    metrics.jitterMs = Math.max(metrics.jitterMs, peer.quality.jitterMs);
    metrics.loss = Math.max(metrics.loss, peer.quality.loss);
    metrics.localAdvantageFrames += peer.sync.local;
    metrics.remoteAdvantageFrames += peer.sync.remote;
    metrics.offsetFrames += peer.sync.offset;
  }
  if (present > 1) {
    metrics.localAdvantageFrames /= present;
    metrics.remoteAdvantageFrames /= present;
    metrics.offsetFrames /= present;
  }
  metrics.remoteRollbackFrames = rollbackFramesThere;
  const all = metrics.rollbackFrames + rollbackFramesThere;
  metrics.fairness = all === 0 ? 0.5 : metrics.rollbackFrames / all;
  metrics.confirmationLagFrames = timeline.frame - 1 - timeline.confirmedFrame;
}
