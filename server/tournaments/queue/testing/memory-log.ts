import type { QueueEvent } from '../events';
import type { QueueLog } from '../log';

/** A log for benchmarks: it keeps nothing when the process ends. */
export function createMemoryLog(): QueueLog {
  const logs = new Map<string, { readonly seed: string; readonly events: QueueEvent[] }>();
  const eventsOf = (eventId: string): QueueEvent[] => logs.get(eventId)?.events ?? [];
  return {
    async create(eventId, seed) {
      if (!logs.has(eventId)) logs.set(eventId, { seed, events: [] });
    },
    seed: async (eventId) => logs.get(eventId)?.seed,
    read: async (eventId, afterSeq, limit) => eventsOf(eventId).slice(afterSeq, afterSeq + limit),
    async append(eventId, expectedSeq, atMs, events) {
      const list = eventsOf(eventId);
      if (list.length !== expectedSeq) return 'behind';
      for (const event of events) list.push({ ...event, seq: list.length + 1, atMs });
      return 'ok';
    },
    heads: async (eventIds) => new Map(eventIds.map((eventId) => [eventId, eventsOf(eventId).length])),
    async drop(eventId) {
      logs.delete(eventId);
    },
    close: async () => {},
  };
}
