import type { LineFigures } from '../live-lines';
import type { Connection } from './connection';

/** What has gone over a line and what waits for it. */
export function figuresOf(connection: Connection): Omit<LineFigures, 'looksOn'> {
  const { playerId, playerName, outbox, traffic, sinceMs } = connection;
  const waiting = outbox.waiting;
  return {
    playerId,
    playerName,
    in: traffic.in,
    out: traffic.out,
    dropped: outbox.dropped,
    queued: waiting.messages + traffic.unsentPackets,
    bytes: waiting.bytes + traffic.unsentBytes,
    rttMs: traffic.rttMs === null ? null : Math.round(traffic.rttMs * 10) / 10,
    since: sinceMs,
  };
}
