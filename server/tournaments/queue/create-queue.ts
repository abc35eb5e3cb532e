import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { z } from 'zod';
import { queueNonce } from '../../../proto/queue-log';
import { authSecret, deriveKey } from '../../auth/secrets';
import type { Clock } from '../../clock';
import { idSchema } from '../../ids';
import { refusal } from '../refusals';
import { showWaiting } from './counts';
import { decideAdmit, decideJoin, decideLeave, decideNonce, decideTake } from './decide';
import { publicLine } from './events';
import type { QueueLine } from './line';
import { Lines, type OpenLine, type Ticket } from './lines';
import type { QueueLog } from './log';
import { placeIn } from './place';
import type { Queue, QueueStats } from './queue';
import { issueReservationToken } from './reservation-tokens';
import { createRunner } from './runner';
import { SettingsCache } from './settings-cache';
import { type EventSettings, type EventSource, phaseAt, type SeatSource } from './sources';
import { type Entry, isOver } from './state';
import { waitingToken } from './waiting-tokens';
import { Watchers } from './watchers';

const TICK_MS = 250;
const MAX_LOG_LINES = 5_000;

const wholeNumber = z.number().int().min(0);

export interface QueueParts {
  readonly log: QueueLog;
  readonly events: EventSource;
  readonly seats: SeatSource;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: {
    /** How long a turn lasts, and an admission. */
    readonly admissionSeconds: number;
    /** How many may be called at once after a silence; by default a tenth of a minute's admissions. */
    readonly burst?: number | undefined;
  };
}

/** A queue whose ticks can be waited for. */
export interface RunningQueue extends Queue {
  /** One tick of all queues: what the process does by itself four times a second. */
  beat(): Promise<void>;
}

/** The queues of all events, as this process serves them. */
export function createQueue({ log, events, seats, clock, logger, settings }: QueueParts): RunningQueue {
  const admissionMs = settings.admissionSeconds * 1_000;
  const tokenKey = deriveKey(authSecret(), 'waiting token');
  const now = (): number => clock.now();
  const watchers = new Watchers(clock);
  const cache = new SettingsCache(events, now);
  const lines = new Lines({
    log,
    seats,
    clock,
    burst: settings.burst,
    tokenOf: (entryId) => waitingToken(tokenKey, entryId),
    onChanged: (eventId) => watchers.changed(eventId),
  });
  const runner = createRunner({
    lines,
    cache,
    log,
    seats,
    clock,
    logger,
    admissionMs,
    burst: settings.burst,
  });
  let isClosed = false;
  let following: Promise<void> | undefined;

  function follow(): Promise<void> {
    following ??= lines.follow().finally(() => {
      following = undefined;
    });
    return following;
  }

  function ticketOf(token: string): Ticket {
    const ticket = lines.tickets.get(token);
    if (!ticket) throw refusal('no_place', 'Waiting token not found.');
    return ticket;
  }

  async function lookUp(token: string): Promise<Ticket> {
    if (!lines.tickets.has(token)) await follow();
    // Of a queue that began a moment ago in another process, or that was written while we read.
    if (!lines.tickets.has(token)) await runner.look();
    return ticketOf(token);
  }

  async function eventOf(eventId: string): Promise<EventSettings> {
    const known = idSchema.safeParse(eventId).success ? await cache.get(eventId) : undefined;
    if (!known) throw refusal('no_event', `Event not found: ${eventId.slice(0, 128)}`);
    return known;
  }

  function checkNonce(nonce: string): void {
    if (queueNonce.safeParse(nonce).success) return;
    throw refusal('bad_request', 'A nonce is 64 lower-case hex digits.');
  }

  function statsOf(line: QueueLine): QueueStats {
    const { state } = line;
    return {
      eventId: line.eventId,
      waiting: state.waiting,
      admitted: state.totals.admitted,
      admissionsPerMinute: state.settings?.admissionsPerMinute ?? 0,
      averageWaitSeconds: Math.round(state.averageWaitMs / 100) / 10,
    };
  }

  function currentEntry(line: QueueLine, userId: string): Entry {
    const entry = line.state.byUser.get(userId);
    if (!entry) throw refusal('no_place', 'Waiting token not found.');
    return entry;
  }

  showWaiting(() => [...lines.open.values()].reduce((sum, { line }) => sum + line.state.waiting, 0));
  const endTicks = clock.every(TICK_MS, () => void runner.beat());
  const endHints = log.onAppend?.((eventId) => {
    const open = lines.open.get(eventId);
    if (open) void runner.guarded(eventId, () => open.line.catchUp());
  });

  return {
    ready: runner.beat(),
    beat: runner.beat,

    async join({ eventId, userId, nonce }) {
      if (nonce !== undefined) checkNonce(nonce);
      const event = await eventOf(eventId);
      const phase = phaseAt(event, now());
      const mine = lines.open.get(eventId)?.line.state.byUser.get(userId);
      const mayOpen = phase === 'scheduled' || phase === 'open' || (mine !== undefined && !isOver(mine));
      const { line } = await openFor(event, mayOpen);
      return line.submit({
        key: userId,
        seatOf: userId,
        decide: ({ seated, joining }) => {
          const around = { isSeated: seated.has(userId), joining };
          return decideJoin(line.state, { userId, nonce, entryId: randomUUID() }, around);
        },
        answer: () => placeIn(line, currentEntry(line, userId), now()),
      });
    },

    place(token) {
      const { line, entry } = ticketOf(token);
      return placeIn(line, entry, clock.now());
    },

    async lookUp(token) {
      const { line, entry } = await lookUp(token);
      return placeIn(line, entry, now());
    },

    placeOf(eventId, userId) {
      const line = lines.open.get(eventId)?.line;
      const entry = line?.state.byUser.get(userId);
      return line && entry ? placeIn(line, entry, now()) : undefined;
    },

    async setNonce(token, nonce) {
      checkNonce(nonce);
      const { line, entry } = await lookUp(token);
      await line.submit({
        key: entry.userId,
        decide: () => decideNonce(line.state, entry, nonce),
        answer: () => undefined,
      });
    },

    async admit({ token, eventId, userId }) {
      const { line, entry } = await lookUp(token);
      if (userId !== undefined && userId !== entry.userId) {
        throw refusal('not_yours', 'This waiting token is somebody else’s.');
      }
      if (eventId !== undefined && eventId !== line.eventId) {
        throw refusal('no_place', 'Waiting token not found in this event.');
      }
      const { validUntil } = await line.submit({
        key: entry.userId,
        decide: ({ nowMs }) => decideAdmit(line.state, entry, nowMs, admissionMs),
        answer: () => ({ validUntil: placeIn(line, entry, now()).readyUntil ?? new Date(now()) }),
      });
      const admission = { tokenId: entry.entryId, eventId: line.eventId, userId: entry.userId };
      return {
        reservationToken: await issueReservationToken(admission, validUntil),
        ttlSeconds: Math.max(0, Math.floor((validUntil.getTime() - now()) / 1_000)),
        validUntil,
      };
    },

    async leave(token) {
      const ticket = await lookUp(token).catch(() => undefined);
      if (!ticket) return;
      const { line, entry } = ticket;
      await line.submit({ key: entry.userId, decide: () => decideLeave(entry), answer: () => undefined });
    },

    async take(eventId, count) {
      const { line } = await openFor(await eventOf(eventId), true);
      return line.submit({
        key: undefined,
        decide: () => decideTake(line.state, wholeNumber.parse(count)),
        answer: (appended) => appended.flatMap(({ userId }) => userId ?? []),
      });
    },

    poke(eventId) {
      if (!isClosed) runner.poke(eventId);
    },

    async forget(eventId) {
      lines.release(eventId);
      await log.drop(eventId);
    },

    stats(eventId) {
      if (eventId === undefined) return [...lines.open.values()].map(({ line }) => statsOf(line));
      const line = lines.open.get(eventId)?.line;
      return line ? [statsOf(line)] : [];
    },

    watch: (eventId, listener) => watchers.add(eventId, listener),

    async publicLog(eventId, afterSeq, limit) {
      if (!idSchema.safeParse(eventId).success) return [];
      const read = await log.read(
        eventId,
        Math.max(0, afterSeq),
        Math.min(Math.max(0, limit), MAX_LOG_LINES),
      );
      return read.map(publicLine);
    },

    async close() {
      isClosed = true;
      endTicks();
      endHints?.();
      watchers.close();
      await runner.settled();
      await log.close();
    },
  };

  /** The queue of an event that may be joined, or that runs anyhow. @throws not_open */
  async function openFor(event: EventSettings, mayOpen: boolean): Promise<OpenLine> {
    if (mayOpen) return lines.get(event);
    throw refusal('not_open', 'Conflict: the registration of this event is not open.');
  }
}
