import type { Connection } from './connection';
import type { EventQueue } from './event-queue';
import type { SessionMetrics } from './metrics';
import type { Timeline } from './timeline';

/**
 * Compares the checksums a peer sent with ours, for frames that are confirmed here, where a difference can't be a
 * guess that is still to be corrected. Reports the first difference, and again only after the two agreed in between.
 * @returns whether the peer is known to differ.
 */
export function compareChecksums(
  peer: Connection,
  timeline: Timeline,
  metrics: SessionMetrics,
  events: EventQueue,
): boolean {
  const { checkFrames, checkValues } = peer;
  for (let i = 0; i < checkFrames.length; i++) {
    const frame = checkFrames[i] ?? -1;
    if (frame < 0 || frame > timeline.confirmedFrame) continue;
    checkFrames[i] = -1;
    if (frame < timeline.inputs.floor || !timeline.checksums.has(frame)) continue;
    const local = timeline.checksums.at(frame) >>> 0;
    const remote = checkValues[i] ?? 0;
    if (local === remote) {
      peer.isDesynced = false;
    } else if (!peer.isDesynced) {
      peer.isDesynced = true;
      metrics.desyncs += 1;
      events.push({ type: 'desync', player: peer.players[0] ?? 0, frame, local, remote });
    }
  }
  return peer.isDesynced;
}
