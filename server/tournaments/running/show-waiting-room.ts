import { LRUCache } from 'lru-cache';
import type { Place, Queue } from '../queue/queue';
import { refusal } from '../refusals';
import type { WaitingRoom } from '../views/waiting-room';
import type { TournamentContext } from './context';
import { iso, isoOrNull } from './show-pairing';
import { seatOf } from './show-seat';
import { showWallet } from './show-wallet';
import { takenSeats } from './summary';

/** A queue's place as pages see it. */
export function placeView(place: Place): NonNullable<WaitingRoom['place']> {
  const { token, entryId, state, position, waiting, estimate, joinedAt, readyUntil, expiresAt } = place;
  return {
    token,
    entryId,
    state,
    position,
    waiting,
    // Whole seconds: an estimate that changes by a hair is no news.
    estimate: estimate
      ? {
          seconds: Math.round(estimate.seconds),
          low: Math.floor(estimate.low),
          high: Math.ceil(estimate.high),
        }
      : null,
    joinedAt: iso(joinedAt),
    readyUntil: isoOrNull(readyUntil ?? null),
    expiresAt: iso(expiresAt),
  };
}

/** What thousands who wait look at together is read once for all of them. */
export interface WaitingRoomCache {
  readonly events: LRUCache<string, Promise<EventFacts>>;
  /** Of those who wait: nothing moves their coins here. */
  readonly balances: LRUCache<string, number>;
}

export function createWaitingRoomCache(): WaitingRoomCache {
  return {
    events: new LRUCache({ max: 1_000, ttl: 1_000 }),
    balances: new LRUCache({ max: 50_000, ttl: 15_000 }),
  };
}

type EventFacts = Awaited<ReturnType<typeof readEvent>>;

/** @throws {AppError} no_event */
async function readEvent({ db }: TournamentContext, tournamentId: string) {
  const row = await db.tournament.findUnique({ where: { id: tournamentId }, omit: { bracket: true } });
  if (!row) throw refusal('no_event', `Not found: there is no tournament ${tournamentId}.`);
  const taken = await takenSeats(db, [tournamentId]);
  const { confirmed, held } = taken(tournamentId);
  return {
    tournamentId,
    status: row.status,
    isPaused: row.pausedAt !== null,
    isFull: confirmed >= row.seats,
    opensAt: iso(row.opensAt),
    closesAt: iso(row.closesAt),
    startsAt: iso(row.startsAt),
    fee: row.fee,
    seats: row.seats,
    confirmed,
    held,
  };
}

function eventFacts(
  ctx: TournamentContext,
  tournamentId: string,
  cache: WaitingRoomCache | undefined,
): Promise<EventFacts> {
  const known = cache?.events.get(tournamentId);
  if (known) return known;
  const reading = readEvent(ctx, tournamentId);
  cache?.events.set(tournamentId, reading);
  reading.catch(() => cache?.events.delete(tournamentId));
  return reading;
}

/**
 * Where one person stands with a tournament, in one value. Who waits costs nothing of the database's but what the cache has
 * let go of.
 * @throws {AppError} no_event
 */
export async function showWaitingRoom(
  ctx: TournamentContext,
  desk: { readonly queue: Pick<Queue, 'placeOf'> } | undefined,
  tournamentId: string,
  playerId: string,
  cache?: WaitingRoomCache,
): Promise<WaitingRoom> {
  const event = await eventFacts(ctx, tournamentId, cache);
  const place = desk?.queue.placeOf(tournamentId, playerId);
  // Nobody has a seat and a place that still counts.
  const isWaiting = place?.state === 'waiting' || place?.state === 'ready';
  const seat = isWaiting ? NO_SEAT : await readSeat(ctx, tournamentId, playerId);
  const known = isWaiting ? cache?.balances.get(playerId) : undefined;
  const balance = known ?? (await showWallet(ctx, playerId)).balance;
  if (isWaiting) cache?.balances.set(playerId, balance, { noUpdateTTL: true });
  return { ...event, place: place ? placeView(place) : null, ...seat, balance };
}

type SeatPart = Pick<WaitingRoom, 'seat' | 'payment' | 'isEntrant' | 'isCheckedIn'>;

const NO_SEAT: SeatPart = { seat: null, payment: null, isEntrant: false, isCheckedIn: false };

/** The latest seat of a person, its payment, and whether they are in. */
async function readSeat(
  { db }: TournamentContext,
  tournamentId: string,
  playerId: string,
): Promise<SeatPart> {
  const [reservation, entrant] = await Promise.all([
    db.reservation.findFirst({
      where: { eventId: tournamentId, userId: playerId },
      orderBy: { createdAt: 'desc' },
    }),
    db.entrant.findUnique({ where: { tournamentId_userId: { tournamentId, userId: playerId } } }),
  ]);
  const payment =
    reservation &&
    (await db.paymentIntent.findFirst({
      where: { reservationId: reservation.id },
      orderBy: { createdAt: 'desc' },
    }));
  return {
    seat: reservation && seatOf(reservation),
    payment: payment && {
      paymentIntentId: payment.id,
      state: payment.status,
      amount: Number(payment.amount),
      failureReason: payment.failureReason,
      refunded: Number(payment.refundedAmount),
    },
    isEntrant: entrant !== null && entrant.outBecause === null,
    isCheckedIn: entrant?.checkedInAt != null,
  };
}
