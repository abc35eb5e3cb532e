import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock';
import { decideCreate } from './decide-tick';
import { hashOfSeed } from './draw';
import { QueueLine } from './line';
import type { QueueLog } from './log';
import { type EventSettings, phaseAt, type SeatSource } from './sources';
import type { Entry } from './state';

/** What a waiting token stands for. */
export interface Ticket {
  readonly line: QueueLine;
  readonly entry: Entry;
}

/** A queue that this process has read in. */
export interface OpenLine {
  readonly line: QueueLine;
  readonly seed: string | undefined;
}

export interface LinesParts {
  readonly log: QueueLog;
  readonly seats: SeatSource;
  readonly clock: Clock;
  readonly tokenOf: (entryId: string) => string;
  readonly burst: number | undefined;
  onChanged(eventId: string): void;
}

/** The queues that this process has in memory, and the places in them by waiting token. */
export class Lines {
  readonly open = new Map<string, OpenLine>();
  readonly tickets = new Map<string, Ticket>();
  private readonly opening = new Map<string, Promise<OpenLine>>();

  constructor(private readonly parts: LinesParts) {}

  /** Reads the queue of an event in, and makes it where there is none. */
  get(settings: EventSettings): Promise<OpenLine> {
    const { eventId } = settings;
    const open = this.open.get(eventId);
    if (open) return Promise.resolve(open);
    const running = this.opening.get(eventId);
    if (running) return running;
    const opening = this.read(settings).finally(() => this.opening.delete(eventId));
    this.opening.set(eventId, opening);
    return opening;
  }

  /** Lets a queue go. Its log stays. */
  release(eventId: string): void {
    const open = this.open.get(eventId);
    this.open.delete(eventId);
    if (!open) return;
    for (const entry of open.line.state.entries.values()) this.tickets.delete(entry.token);
  }

  /** Reads what other processes wrote. */
  async follow(): Promise<void> {
    if (this.open.size === 0) return;
    const heads = await this.parts.log.heads([...this.open.keys()]);
    const behind = [...this.open.values()].filter(
      ({ line }) => (heads.get(line.eventId) ?? 0) > line.state.seq,
    );
    await Promise.all(behind.map(({ line }) => line.catchUp()));
  }

  private async read(settings: EventSettings): Promise<OpenLine> {
    const { log, clock, burst } = this.parts;
    const { eventId } = settings;
    const line = new QueueLine(eventId, {
      ...this.parts,
      onJoined: (own, entry, replaced) => {
        this.tickets.set(entry.token, { line: own, entry });
        if (replaced) this.tickets.delete(replaced.token);
      },
      onChanged: () => this.parts.onChanged(eventId),
    });
    let seed = await log.seed(eventId);
    if (seed === undefined) {
      await log.create(eventId, randomBytes(32).toString('hex'));
      seed = await log.seed(eventId);
    }
    await line.catchUp();
    if (line.state.seq === 0) {
      const isDrawn =
        settings.hasDraw && phaseAt(settings, clock.now()) === 'scheduled' && seed !== undefined;
      const seedHash = isDrawn ? hashOfSeed(seed ?? '') : undefined;
      await line.submit({
        key: undefined,
        decide: () => (line.state.seq > 0 ? [] : decideCreate({ settings, burst }, seedHash)),
        answer: () => undefined,
      });
    }
    const open = { line, seed };
    this.open.set(eventId, open);
    return open;
  }
}
