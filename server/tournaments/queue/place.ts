import { estimateWait } from './estimate';
import type { QueueLine } from './line';
import type { Place } from './queue';
import { type Entry, positionOf } from './state';

const never = new Date(8.64e15);

/** While the queue is paused countdowns stand: they end that much later. */
function readyUntil(line: QueueLine, entry: Entry, nowMs: number): Date | undefined {
  const { pausedAtMs } = line.state;
  if (!entry.until || entry.state === 'left') return undefined;
  return pausedAtMs === undefined ? entry.until : new Date(entry.until.getTime() + nowMs - pausedAtMs);
}

/** What a person is told: asked for tens of thousands of times a second, so nothing is made beside the answer. */
export function placeIn(line: QueueLine, entry: Entry, nowMs: number): Place {
  const { state } = line;
  const position = positionOf(state, entry);
  return {
    token: entry.token,
    entryId: entry.entryId,
    eventId: state.eventId,
    userId: entry.userId,
    state: entry.state,
    position,
    waiting: state.waiting,
    estimate: position === 0 ? undefined : estimateWait(position, line.pace.view),
    joinedAt: entry.joinedAt,
    readyUntil: readyUntil(line, entry, nowMs),
    expiresAt: state.settings?.closesAtDate ?? never,
    isPaused: state.pausedAtMs !== undefined,
    isFull: line.isFull,
  };
}
