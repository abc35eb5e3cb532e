import type { NewEvent } from './events';

/** What a wish may look at when it is decided. */
export interface Moment {
  /** Never before the last event of the log. */
  readonly nowMs: number;
  /** Of those that were asked about: who holds or has a seat. */
  readonly seated: ReadonlySet<string>;
  /** How many join in this round already. */
  readonly joining: number;
}

/** Something that somebody wants of a queue. It may be decided several times, when other processes are faster. */
export interface Command<T> {
  /** Wishes with the same key are decided one after the other; without one nothing else is decided in the same round. */
  readonly key: string | undefined;
  /** Whose seat matters. */
  readonly seatOf?: string;
  /** Fetches what `decide` needs; the queue stands still meanwhile. */
  prepare?(): Promise<void>;
  /** Events to append, none when it is so already. @throws a refusal */
  decide(moment: Moment): readonly NewEvent[];
  /** After the events stand in the log. */
  answer(appended: readonly NewEvent[]): T;
  /** False for what may act on a view that is some hundred milliseconds old. */
  readonly wantsNewest?: boolean;
}

/** A command that waits for its round. */
export interface Pending {
  readonly command: Omit<Command<unknown>, 'answer'>;
  /** Answers it, with the events that it had appended. */
  settle(appended: readonly NewEvent[]): void;
  reject(error: unknown): void;
}

/** How many are decided and appended together. */
const MAX_TOGETHER = 500;

/** Takes the next round out of those that wait: as many as don't touch each other. */
export function nextRound(waiting: Pending[]): Pending[] {
  const first = waiting[0];
  if (!first) return [];
  if (first.command.key === undefined) return waiting.splice(0, 1);
  const keys = new Set<string>();
  const round: Pending[] = [];
  let kept = 0;
  let index = 0;
  for (; index < waiting.length && round.length < MAX_TOGETHER; index += 1) {
    const pending = waiting[index];
    if (!pending) continue;
    const { key } = pending.command;
    if (key === undefined) break;
    if (keys.has(key)) {
      waiting[kept] = pending;
      kept += 1;
    } else {
      keys.add(key);
      round.push(pending);
    }
  }
  waiting.splice(kept, index - kept);
  return round;
}
