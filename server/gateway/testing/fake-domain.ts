import { randomUUID } from 'node:crypto';
import type { Payment, PaymentChange, Payments } from '../../tournaments/payments/payments';
import type { Place, Queue } from '../../tournaments/queue/queue';
import { refusal } from '../../tournaments/refusals';
import type { Actor, Reservations, Seat, SeatChange } from '../../tournaments/reservations/reservations';

/**
 * Queue, seats and payments in memory, with the faces' promises and none of their rules of fairness: for tests of what
 * stands in front of them.
 */
export interface FakeDomain {
  readonly queue: Queue;
  readonly reservations: Reservations;
  readonly payments: Payments;
  /** It is this place's turn. */
  call(token: string): void;
  expire(reservationId: string): void;
  pause(isPaused: boolean): void;
  /** Coins that payments find. */
  readonly purses: Map<string, number>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const WORDS = { hold: 'RESERVATION', payment: 'PAYMENT' } as const;

export function fakeDomain(events: Readonly<Record<string, { seats: number; fee: number }>>): FakeDomain {
  const places = new Map<string, Mutable<Place>>();
  const watchers = new Set<() => void>();
  const seats = new Map<string, Mutable<Seat>>();
  const intents = new Map<string, Mutable<Payment>>();
  const seatListeners = new Set<(change: SeatChange) => void>();
  const paymentListeners = new Set<(change: PaymentChange) => void>();
  const tokens = new Map<string, { token: string; isUsed: boolean }>();
  const purses = new Map<string, number>();
  const log: { seq: number; type: string }[] = [];
  let isPaused = false;

  const tell = () => {
    for (const watcher of watchers) watcher();
  };
  const waitingIn = (eventId: string) =>
    [...places.values()].filter((one) => one.eventId === eventId && one.state === 'waiting');
  const count = (eventId: string) => {
    waitingIn(eventId).forEach((one, at, { length }) => {
      one.position = at + 1;
      one.waiting = length;
      one.estimate = { seconds: (at + 1) * 2, low: at, high: at * 4 + 4 };
    });
    tell();
  };
  const write = (type: string) => log.push({ seq: log.length + 1, type });
  const event = (id: string) => {
    const found = events[id];
    if (!found) throw refusal('no_event', 'event not found');
    return found;
  };
  const find = (token: string): Mutable<Place> => {
    const place = places.get(token);
    if (!place) throw refusal('no_place', 'waiting token not found');
    if (place.state === 'expired')
      throw refusal('place_expired', 'the place was not found any more: it expired');
    return place;
  };

  const placeOf = (eventId: string, userId: string) =>
    [...places.values()].findLast((one) => one.eventId === eventId && one.userId === userId);

  const queue: Queue = {
    ready: Promise.resolve(),
    async join({ eventId, userId }) {
      event(eventId);
      const known = placeOf(eventId, userId);
      // Who comes back stands at the end.
      if (known && known.state !== 'left') return known;
      const place: Mutable<Place> = {
        token: randomUUID(),
        entryId: randomUUID(),
        eventId,
        userId,
        state: 'waiting',
        position: 0,
        waiting: 0,
        estimate: undefined,
        joinedAt: new Date(),
        readyUntil: undefined,
        expiresAt: new Date(Date.now() + 3_600_000),
        isPaused,
        isFull: false,
      };
      places.set(place.token, place);
      write('joined');
      count(eventId);
      return { ...place };
    },
    place: (token) => ({ ...find(token) }),
    lookUp: async (token) => ({ ...find(token) }),
    take: async () => [],
    poke() {},
    async forget() {},
    placeOf,
    async setNonce() {},
    async admit({ token, eventId, userId }) {
      const place = find(token);
      if ((eventId ?? place.eventId) !== place.eventId || (userId ?? place.userId) !== place.userId)
        throw refusal('not_yours', 'the place is somebody else’s');
      if (place.state === 'waiting') throw refusal('not_ready', 'conflict: it is not your turn yet');
      if (place.state !== 'ready' && place.state !== 'admitted')
        throw refusal('place_expired', 'the place was not found any more');
      place.state = 'admitted';
      const reservationToken = `rt.${randomUUID()}`;
      tokens.set(reservationToken, { token, isUsed: false });
      write('admitted');
      tell();
      return { reservationToken, ttlSeconds: 120, validUntil: new Date(Date.now() + 120_000) };
    },
    async leave(token) {
      const place = places.get(token);
      if (!place) return;
      place.state = 'left';
      place.position = 0;
      write('left');
      count(place.eventId);
    },
    stats: (eventId) =>
      Object.keys(events)
        .filter((id) => eventId === undefined || id === eventId)
        .map((id) => ({
          eventId: id,
          waiting: waitingIn(id).length,
          admitted: 0,
          admissionsPerMinute: 600,
          averageWaitSeconds: 0,
        })),
    watch(_eventId, listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    async publicLog(eventId, afterSeq, limit) {
      event(eventId);
      return log.filter(({ seq }) => seq > afterSeq).slice(0, limit);
    },
    async close() {},
  };

  const own = <T extends { readonly userId: string }>(
    one: T | undefined,
    actor: Actor,
    what: keyof typeof WORDS,
  ): T => {
    if (!one) throw refusal(what === 'hold' ? 'no_reservation' : 'no_payment', `${WORDS[what]} not found`);
    if (actor !== 'trusted' && actor.playerId !== one.userId)
      throw refusal('not_yours', 'that is somebody else’s');
    return one;
  };
  const changeSeat = (seat: Mutable<Seat>, state: Seat['state']): Seat => {
    const before = seat.state;
    seat.state = state;
    seat.updatedAt = new Date();
    if (state === 'confirmed') seat.confirmedAt = seat.updatedAt;
    else seat.endedAt = seat.updatedAt;
    for (const listener of seatListeners) listener({ before, seat: { ...seat } });
    return { ...seat };
  };
  const taken = (eventId: string, ...states: Seat['state'][]) =>
    [...seats.values()].filter((seat) => seat.eventId === eventId && states.includes(seat.state));

  const reservations: Reservations = {
    async create({ eventId, userId, quantity, token }) {
      const { fee, seats: all } = event(eventId);
      if (quantity > 1) throw refusal('one_seat', 'bad request: one seat a person');
      const admission = tokens.get(token);
      if (!admission || admission.isUsed)
        throw refusal('bad_token', 'the reservation token is forged or used');
      if (taken(eventId, 'hold', 'confirmed').length >= all) throw refusal('full', 'conflict: no seats left');
      admission.isUsed = true;
      const place = places.get(admission.token);
      if (place) place.state = 'used';
      const now = new Date();
      const seat: Mutable<Seat> = {
        reservationId: randomUUID(),
        eventId,
        userId,
        state: 'hold',
        seat: seats.size + 1,
        fee,
        holdExpiresAt: new Date(now.getTime() + 300_000),
        isPaused: false,
        mayExtend: true,
        paymentIntentId: undefined,
        orderId: undefined,
        reason: undefined,
        createdAt: now,
        updatedAt: now,
        confirmedAt: undefined,
        endedAt: undefined,
      };
      seats.set(seat.reservationId, seat);
      for (const listener of seatListeners) listener({ before: undefined, seat: { ...seat } });
      tell();
      return { ...seat };
    },
    get: async (id, actor) => ({ ...own(seats.get(id), actor, 'hold') }),
    async confirm({ reservationId, paymentIntentId, actor }) {
      const seat = own(seats.get(reservationId), actor, 'hold');
      if (seat.state === 'expired') throw refusal('too_late', 'conflict: the hold has expired');
      if (seat.state !== 'hold') throw refusal('reservation_over', 'conflict: it is over');
      const payment = intents.get(paymentIntentId ?? '');
      if (seat.fee > 0 && payment?.state !== 'completed') throw refusal('not_paid', 'payment not approved');
      seat.orderId = `ord_${reservationId.slice(0, 8)}`;
      seat.paymentIntentId = paymentIntentId;
      return changeSeat(seat, 'confirmed');
    },
    async cancel({ reservationId, reason, actor }) {
      const seat = own(seats.get(reservationId), actor, 'hold');
      if (seat.state !== 'hold' && seat.state !== 'confirmed')
        throw refusal('reservation_over', 'conflict: it is over');
      seat.reason = reason;
      return changeSeat(seat, 'cancelled');
    },
    async list({ userId, eventId, state, limit, cursor }) {
      const found = [...seats.values()].filter(
        (seat) =>
          (userId ?? seat.userId) === seat.userId &&
          (eventId ?? seat.eventId) === seat.eventId &&
          (state ?? seat.state) === seat.state,
      );
      const from = Number(cursor ?? 0);
      const next = from + limit;
      return {
        seats: found.slice(from, next).map((seat) => ({ ...seat })),
        nextCursor: next < found.length ? String(next) : undefined,
        total: found.length,
      };
    },
    async extend({ reservationId, seconds, actor }) {
      const seat = own(seats.get(reservationId), actor, 'hold');
      if (!seat.mayExtend) throw refusal('extended_already', 'conflict: it was extended already');
      seat.mayExtend = false;
      seat.holdExpiresAt = new Date(seat.holdExpiresAt.getTime() + seconds * 1000);
      return { seat: { ...seat }, extendedSeconds: seconds };
    },
    async availability(eventId) {
      return {
        seats: event(eventId).seats,
        held: taken(eventId, 'hold').length,
        confirmed: taken(eventId, 'confirmed').length,
      };
    },
    onChange(listener) {
      seatListeners.add(listener);
      return () => seatListeners.delete(listener);
    },
  };

  const changePayment = (payment: Mutable<Payment>, state: Payment['state']): Payment => {
    const before = payment.state;
    payment.state = state;
    payment.updatedAt = new Date();
    payment.processedAt = payment.updatedAt;
    for (const listener of paymentListeners) listener({ before, payment: { ...payment } });
    return { ...payment };
  };

  const payments: Payments = {
    async createIntent({ reservationId, amount, currency, userId, method }) {
      const seat = own(seats.get(reservationId), { playerId: userId }, 'hold');
      if (currency !== 'COIN') throw refusal('bad_currency', 'bad request: only COIN');
      if (amount !== seat.fee) throw refusal('bad_amount', 'bad request: not the fee');
      const now = new Date();
      const payment: Mutable<Payment> = {
        paymentIntentId: randomUUID(),
        reservationId,
        userId,
        state: 'pending',
        amount,
        method,
        transactionId: undefined,
        failureReason: undefined,
        refundedAmount: 0,
        refundId: undefined,
        clientSecret: undefined,
        expiresAt: new Date(now.getTime() + 300_000),
        createdAt: now,
        updatedAt: now,
        processedAt: undefined,
      };
      intents.set(payment.paymentIntentId, payment);
      for (const listener of paymentListeners) listener({ before: undefined, payment: { ...payment } });
      return { ...payment };
    },
    get: async (id, actor) => ({ ...own(intents.get(id), actor, 'payment') }),
    async process({ paymentIntentId, actor, action }) {
      const payment = own(intents.get(paymentIntentId), actor, 'payment');
      if (payment.state !== 'pending') throw refusal('payment_over', 'conflict: it is over');
      const purse = purses.get(payment.userId) ?? 100;
      if (action === 'fail' || purse < payment.amount) {
        payment.failureReason = action === 'fail' ? 'declined' : 'too few coins';
        return changePayment(payment, 'failed');
      }
      purses.set(payment.userId, purse - payment.amount);
      payment.transactionId = randomUUID();
      return changePayment(payment, 'completed');
    },
    async cancel({ paymentIntentId, refundAmount, actor }) {
      const payment = own(intents.get(paymentIntentId), actor, 'payment');
      if (payment.state === 'pending') return changePayment(payment, 'cancelled');
      if (payment.state !== 'completed') throw refusal('payment_over', 'conflict: it is over');
      payment.refundedAmount = refundAmount ?? payment.amount;
      payment.refundId = randomUUID();
      return changePayment(payment, 'refunded');
    },
    async list({ userId, reservationId, state, limit }) {
      const found = [...intents.values()].filter(
        (one) =>
          (userId ?? one.userId) === one.userId &&
          (reservationId ?? one.reservationId) === one.reservationId &&
          (state ?? one.state) === one.state,
      );
      return {
        payments: found.slice(0, limit).map((one) => ({ ...one })),
        nextCursor: undefined,
        total: found.length,
      };
    },
    onChange(listener) {
      paymentListeners.add(listener);
      return () => paymentListeners.delete(listener);
    },
  };

  return {
    queue,
    reservations,
    payments,
    purses,
    call(token) {
      const place = places.get(token);
      if (!place) throw new Error('no such place');
      place.state = 'ready';
      place.position = 1;
      place.readyUntil = new Date(Date.now() + 60_000);
      count(place.eventId);
    },
    expire(reservationId) {
      const seat = seats.get(reservationId);
      if (seat) changeSeat(seat, 'expired');
    },
    pause(paused) {
      isPaused = paused;
      for (const place of places.values()) place.isPaused = paused;
      tell();
    },
  };
}
