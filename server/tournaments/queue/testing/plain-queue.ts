import { createHash } from 'node:crypto';
import { apply } from '../apply';
import { decideAdmit, decideJoin, decideLeave, decideNonce, decideTake } from '../decide';
import { decideCreate, decideTick } from '../decide-tick';
import { hashOfSeed } from '../draw';
import { type NewEvent, publicLine, type QueueEvent } from '../events';
import type { EventSettings, SeatCount } from '../sources';
import { createState, type Entry, type QueueState } from '../state';

/** A queue without store, clock and network: decisions go straight into the log. */
export interface PlainQueue {
  readonly state: QueueState;
  readonly events: QueueEvent[];
  nowMs: number;
  settings: EventSettings;
  /** Seats as they are when somebody looks; undefined without a limit. */
  count: ((tokens: readonly string[]) => SeatCount) | undefined;
  entryOf(userId: string): Entry | undefined;
  join(userId: string, nonce?: string, isSeated?: boolean): readonly NewEvent[];
  leave(userId: string): readonly NewEvent[];
  nonce(userId: string, nonce: string): readonly NewEvent[];
  admit(userId: string): readonly NewEvent[];
  take(count: number): readonly NewEvent[];
  /** All that is due now. */
  tick(): readonly NewEvent[];
  publicLog(): Record<string, unknown>[];
}

export const START_MS = Date.parse('2026-11-20T20:00:00.000Z');

export function plainSettings(more: Partial<EventSettings> = {}): EventSettings {
  return {
    eventId: 'cup',
    state: 'scheduled',
    opensAt: new Date(START_MS),
    closesAt: new Date(START_MS + 86_400_000),
    admissionsPerMinute: 600,
    seats: undefined,
    isPaused: false,
    hasDraw: true,
    ...more,
  };
}

/** 64 hex digits that follow from a text. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A UUID that follows from a number. */
export const entryNumber = (n: number): string => {
  const hex = digest(`entry ${n}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
};

export function createPlainQueue(options: {
  readonly settings: EventSettings;
  readonly nowMs: number;
  readonly admissionMs?: number;
  readonly burst?: number;
}): PlainQueue {
  const { admissionMs = 120_000, burst } = options;
  const seed = digest('seed');
  const state = createState(options.settings.eventId);
  const events: QueueEvent[] = [];
  let entries = 0;

  function append(list: readonly NewEvent[]): readonly NewEvent[] {
    const atMs = Math.max(queue.nowMs, state.atMs);
    for (const { change, userId } of list) {
      const event = { seq: state.seq + 1, atMs, change, ...(userId === undefined ? {} : { userId }) };
      apply(state, event);
      events.push(event);
    }
    return list;
  }

  function mine(userId: string): Entry {
    const entry = state.byUser.get(userId);
    if (!entry) throw new Error(`${userId} never joined`);
    return entry;
  }

  const queue: PlainQueue = {
    state,
    events,
    nowMs: options.nowMs,
    settings: options.settings,
    count: undefined,
    entryOf: (userId) => state.byUser.get(userId),
    join(userId, nonce, isSeated = false) {
      entries += 1;
      return append(
        decideJoin(state, { userId, nonce, entryId: entryNumber(entries) }, { isSeated, joining: 0 }),
      );
    },
    leave: (userId) => append(decideLeave(mine(userId))),
    nonce: (userId, nonce) => append(decideNonce(state, mine(userId), nonce)),
    admit: (userId) => append(decideAdmit(state, mine(userId), queue.nowMs, admissionMs)),
    take: (count) => append(decideTake(state, count)),
    tick() {
      const all: NewEvent[] = [];
      for (;;) {
        const { nowMs, settings } = queue;
        const open = [...state.outstanding, ...state.lingering].map(({ entryId }) => entryId);
        const count = queue.count?.(open);
        const due = append(decideTick(state, { nowMs, settings, count, seed, admissionMs, burst }));
        if (due.length === 0) return all;
        all.push(...due);
      }
    },
    publicLog: () => events.map((event) => JSON.parse(JSON.stringify(publicLine(event)))),
  };
  const { settings } = options;
  const isDrawn = settings.hasDraw && settings.state === 'scheduled';
  append(decideCreate({ settings, burst }, isDrawn ? hashOfSeed(seed) : undefined));
  return queue;
}
