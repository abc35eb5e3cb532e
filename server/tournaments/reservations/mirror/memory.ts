/** What was heard longer ago says nothing of the seats that are free. */
const FRESH_MS = 15_000;
/** A tournament waits for what is told of its seats this long, and then starts with what is known. */
const PATIENCE_MS = 120_000;
/** An event of which nothing new was heard for so long is asked about less often. */
const BUSY_MS = 60_000;
const IDLE_ROUND_MS = 8_000;

/** What a process remembers of the seats of one event that another service keeps. */
export interface EventMemory {
  /** When the last look began that was answered; unix ms. */
  heardAt: number;
  /** Everything that was told at that look is written down. */
  isWhole: boolean;
  /** What did not fit then: only what doesn't fit twice is given back. */
  doubts: ReadonlySet<string>;
  /** When something changed. */
  busyAt: number;
  /** The service is one of ours on the same database: everything it told is here. */
  isOurs: boolean;
}

export const newMemory = (nowMs: number): EventMemory => ({
  heardAt: 0,
  isWhole: false,
  doubts: new Set(),
  busyAt: nowMs,
  isOurs: false,
});

/** What begins to be sold: to everybody that asks, and at most so long after it was heard. */
export const isFresh = (memory: EventMemory | undefined, nowMs: number): boolean =>
  memory !== undefined && memory.heardAt >= nowMs - FRESH_MS;

interface Start {
  readonly startsAt: Date;
}

/** Whether an event is asked about in this round: idle ones not in each, but at once when they start. */
export function isDue(memory: EventMemory, { startsAt }: Start, nowMs: number): boolean {
  if (nowMs - memory.busyAt < BUSY_MS || nowMs - memory.heardAt >= IDLE_ROUND_MS) return true;
  return memory.heardAt < startsAt.getTime() && startsAt.getTime() <= nowMs;
}

/** Whether a tournament may start: by what was heard since its start, or without, when it has waited long enough. */
export function isSettled(memory: EventMemory | undefined, { startsAt }: Start, nowMs: number): boolean {
  if (nowMs >= startsAt.getTime() + PATIENCE_MS) return true;
  if (!memory) return false;
  return memory.isOurs || (memory.isWhole && memory.heardAt >= startsAt.getTime());
}
