import { queueChange } from '../../../proto/queue-log';
import type { Clock } from '../../clock';
import { apply } from './apply';
import { type Command, type Moment, nextRound, type Pending } from './commands';
import { countAppend, countEvents } from './counts';
import type { NewEvent, QueueEvent } from './events';
import type { QueueLog } from './log';
import { Pace } from './pace';
import type { SeatSource } from './sources';
import { createState, type Entry, type QueueState } from './state';

/** How many events are read at once. */
const PAGE = 5_000;
/** How often an append whose fate is unknown is tried, and the pause between. */
const MAX_FAILURES = 3;
const RETRY_MS = 100;

export interface LineParts {
  readonly log: QueueLog;
  readonly seats: SeatSource;
  readonly clock: Clock;
  readonly tokenOf: (entryId: string) => string;
  /** A new stay, and the one of the same person that it replaces. */
  onJoined(line: QueueLine, entry: Entry, replaced: Entry | undefined): void;
  onChanged(line: QueueLine): void;
}

const nobody: ReadonlySet<string> = new Set();

function written(change: NewEvent, atMs: number): string {
  // Through the schema both have their fields in the same order.
  return JSON.stringify([queueChange.parse(change.change), change.userId ?? '', atMs]);
}

/** One queue in this process: what its log adds up to, and the one writer through which this process appends. */
export class QueueLine {
  readonly state: QueueState;
  readonly pace = new Pace();
  /** Every seat is taken and confirmed, as the last count found. */
  isFull = false;
  /** Free seats at the last count; Infinity without a limit. */
  free = Number.POSITIVE_INFINITY;
  private readonly waiting: Pending[] = [];
  private readers: { resolve(): void; reject(error: unknown): void }[] = [];
  private running: Promise<void> | undefined;
  private damage: unknown;

  constructor(
    readonly eventId: string,
    private readonly parts: LineParts,
  ) {
    this.state = createState(eventId, parts.tokenOf);
  }

  /** Resolves when what was decided stands in the log, on whatever disk the log keeps it. */
  submit<T>(command: Command<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = (appended: readonly NewEvent[]): void => {
        try {
          resolve(command.answer(appended));
        } catch (error) {
          reject(error);
        }
      };
      this.waiting.push({ command, settle, reject });
      this.run();
    });
  }

  /** Reads what others appended. */
  catchUp(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.readers.push({ resolve, reject });
      this.run();
    });
  }

  /** Resolves when nothing waits to be written. */
  async settled(): Promise<void> {
    await this.running;
  }

  private run(): void {
    this.running ??= this.work().finally(() => {
      this.running = undefined;
      if (this.waiting.length > 0 || this.readers.length > 0) this.run();
    });
  }

  private async work(): Promise<void> {
    // Whoever comes in the same breath shares the round.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0 || this.readers.length > 0) {
      const readers = this.readers;
      this.readers = [];
      if (readers.length > 0) {
        await this.readOn().then(
          () => {
            for (const reader of readers) reader.resolve();
          },
          (error: unknown) => {
            for (const reader of readers) reader.reject(error);
          },
        );
      }
      const round = nextRound(this.waiting);
      if (round.length === 0) continue;
      await this.decide(round).catch((error: unknown) => {
        for (const pending of round) pending.reject(error);
      });
    }
  }

  private async decide(round: readonly Pending[]): Promise<void> {
    let isNewest = round.every(({ command }) => command.wantsNewest === false);
    for (let failures = 0; ; ) {
      for (const { command } of round) await command.prepare?.();
      const { moment, outcomes, events } = await this.outcomes(round);
      // A refusal, or "it is so already", may rest on what another process has changed meanwhile.
      if (!isNewest && outcomes.some((outcome) => outcome.events.length === 0)) {
        isNewest = true;
        if ((await this.readOn()).length > 0) continue;
      }
      const expected = this.state.seq;
      const fate =
        events.length === 0
          ? 'ok'
          : await this.parts.log
              .append(this.eventId, expected, moment.nowMs, events)
              .catch((error: unknown) => {
                failures += 1;
                if (failures >= MAX_FAILURES) throw error;
                return 'unknown' as const;
              });
      if (events.length > 0) countAppend(fate);
      if (fate === 'unknown') await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      const isDone = fate === 'ok' || this.isOurs(await this.readOn(), expected, events, moment.nowMs);
      if (!isDone) continue;
      if (fate === 'ok') this.applyOwn(events, moment.nowMs);
      countEvents(events);
      for (const outcome of outcomes) outcome.settle();
      return;
    }
  }

  private async outcomes(round: readonly Pending[]) {
    const asked = round.flatMap(({ command }) => command.seatOf ?? []);
    const seated = asked.length > 0 ? await this.parts.seats.seated(this.eventId, asked) : nobody;
    const nowMs = Math.max(this.parts.clock.now(), this.state.atMs);
    const all: NewEvent[] = [];
    let joining = 0;
    const outcomes = round.map(({ command, settle, reject }) => {
      const moment: Moment = { nowMs, seated, joining };
      try {
        const events = command.decide(moment);
        for (const event of events) if (event.change.type === 'joined') joining += 1;
        all.push(...events);
        return { events, settle: () => settle(events) };
      } catch (error) {
        return { events: [], settle: () => reject(error) };
      }
    });
    return { moment: { nowMs }, outcomes, events: all };
  }

  /** True when an append whose answer was lost, or that was sent twice, is in the log after all. */
  private isOurs(
    read: readonly QueueEvent[],
    expected: number,
    events: readonly NewEvent[],
    atMs: number,
  ): boolean {
    if (read[0]?.seq !== expected + 1 || read.length < events.length) return false;
    return events.every((event, index) => {
      const there = read[index];
      return there !== undefined && written(event, atMs) === written(there, there.atMs);
    });
  }

  private async readOn(): Promise<QueueEvent[]> {
    const read: QueueEvent[] = [];
    for (;;) {
      const page = await this.parts.log.read(this.eventId, this.state.seq, PAGE);
      for (const event of page) this.add(event);
      read.push(...page);
      if (page.length < PAGE) break;
    }
    if (read.length > 0) this.parts.onChanged(this);
    return read;
  }

  private applyOwn(events: readonly NewEvent[], atMs: number): void {
    if (events.length === 0) return;
    for (const { change, userId } of events) {
      this.add({ seq: this.state.seq + 1, atMs, change, ...(userId === undefined ? {} : { userId }) });
    }
    this.parts.onChanged(this);
  }

  private add(event: QueueEvent): void {
    // Half a queue must not go on as if it were whole.
    if (this.damage) throw this.damage;
    const before = event.change.type === 'joined' ? this.state.byUser.get(event.userId ?? '') : undefined;
    try {
      apply(this.state, event);
    } catch (error) {
      this.damage = error;
      throw error;
    }
    if (event.change.type !== 'joined') return;
    const entry = this.state.entries.get(event.change.entry);
    const isGone = before !== undefined && !this.state.entries.has(before.entryId);
    if (entry) this.parts.onJoined(this, entry, isGone ? before : undefined);
  }
}
