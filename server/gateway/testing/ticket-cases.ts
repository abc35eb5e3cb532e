import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ErrorCode } from '../../grpc/gen/proto/common/v1/errors';
import { PaymentStatus } from '../../grpc/gen/proto/payment/v1/payment';
import { ReservationStatus } from '../../grpc/gen/proto/reservation/v1/reservation';
import type { CallInfo, PaymentService, ReservationService } from '../services';

/** Seconds that a hold lasts wherever these cases run. */
export const HOLD_SECONDS = 2;

/** The events that the cases need: one each, so that no case sees another's seats. */
export const EVENTS = {
  road: { seats: 4, fee: 10 },
  free: { seats: 4, fee: 0 },
  // A tournament has at least two.
  last: { seats: 2, fee: 0 },
  person: { seats: 4, fee: 0 },
  foreign: { seats: 4, fee: 10 },
  unpaid: { seats: 4, fee: 10 },
  dear: { seats: 4, fee: 900 },
  extend: { seats: 4, fee: 0 },
  twice: { seats: 4, fee: 0 },
  keys: { seats: 4, fee: 0 },
  tokens: { seats: 4, fee: 0 },
  refund: { seats: 4, fee: 10 },
  list: { seats: 4, fee: 0 },
  expiry: { seats: 2, fee: 0 },
} as const;
export type EventName = keyof typeof EVENTS;

/** Services that somebody runs, and what the cases need to use them. */
export interface Tickets {
  readonly reservations: ReservationService;
  readonly payments: PaymentService;
  /** The id under which one of {@link EVENTS} is known. */
  eventId(name: EventName): string;
  /** Somebody new, with the coins that everybody starts with. */
  newUser(): Promise<string>;
  /** An admission of this person to this event. */
  token(eventId: string, userId: string): Promise<string>;
}

/** A call of a peer that is trusted to speak for others. */
function call(idempotencyKey?: string): CallInfo {
  return {
    caller: { kind: 'trusted' },
    requestId: randomUUID(),
    idempotencyKey,
    signal: new AbortController().signal,
    deadline: Date.now() + 10_000,
  };
}

/**
 * What the ticket contracts promise of seats and payments, over whichever protocol and wherever they are kept
 * (GATE-1, SEAT-1, PAY-1).
 * @param tickets asked in each case, after the suite's own `beforeAll`
 */
export function ticketCases(tickets: () => Tickets): void {
  async function reserve(name: EventName, userId?: string, key = '') {
    const { reservations, eventId, newUser, token } = tickets();
    const user_id = userId ?? (await newUser());
    const event_id = eventId(name);
    const answer = await reservations.createReservation(
      {
        event_id,
        seat_ids: [],
        quantity: 1,
        user_id,
        reservation_token: await token(event_id, user_id),
        idempotency_key: key,
        metadata: undefined,
      },
      call(key || undefined),
    );
    return { answer, user_id, reservation_id: answer.reservation_id };
  }

  const intend = (reservation_id: string, user_id: string, amount: number) =>
    tickets().payments.createPaymentIntent(
      {
        reservation_id,
        amount: { amount: BigInt(amount), currency: 'COIN' },
        user_id,
        method: 0,
        scenario: 0,
        webhook_url: '',
        idempotency_key: '',
        metadata: undefined,
      },
      call(),
    );

  const process = (payment_intent_id: string) =>
    tickets().payments.processPayment(
      { payment_intent_id, payment_details: undefined, idempotency_key: '' },
      call(),
    );

  const confirm = (reservation_id: string, user_id: string, payment_intent_id = '') =>
    tickets().reservations.confirmReservation(
      { reservation_id, payment_intent_id, user_id, idempotency_key: '' },
      call(),
    );

  const cancel = (reservation_id: string, user_id: string) =>
    tickets().reservations.cancelReservation(
      { reservation_id, user_id, reason: '', idempotency_key: '' },
      call(),
    );

  const get = (reservation_id: string, user_id: string) =>
    tickets().reservations.getReservation({ reservation_id, user_id }, call());

  const paymentOf = (payment_intent_id: string, user_id: string) =>
    tickets().payments.getPaymentStatus({ payment_intent_id, user_id }, call());

  it('a seat is held, paid and confirmed', async () => {
    const { answer, user_id, reservation_id } = await reserve('road');
    expect(answer).toMatchObject({
      status: ReservationStatus.RESERVATION_STATUS_HOLD,
      total_amount: { amount: 10n, currency: 'COIN' },
      error: undefined,
    });
    expect(answer.reserved_seats).toHaveLength(1);
    expect(answer.hold_expires_at?.getTime()).toBeGreaterThan(Date.now());

    const intent = await intend(reservation_id, user_id, 10);
    expect(intent).toMatchObject({ status: PaymentStatus.PAYMENT_STATUS_PENDING, error: undefined });
    const paid = await process(intent.payment_intent_id);
    expect(paid).toMatchObject({ status: PaymentStatus.PAYMENT_STATUS_COMPLETED, error: undefined });
    expect(await paymentOf(intent.payment_intent_id, user_id)).toMatchObject({
      payment: {
        reservation_id,
        user_id,
        status: PaymentStatus.PAYMENT_STATUS_COMPLETED,
        amount: { amount: 10n, currency: 'COIN' },
      },
    });

    const done = await confirm(reservation_id, user_id, intent.payment_intent_id);
    expect(done).toMatchObject({ status: ReservationStatus.RESERVATION_STATUS_CONFIRMED, error: undefined });
    expect(done.order_id).not.toBe('');
    const { reservation } = await get(reservation_id, user_id);
    expect(reservation).toMatchObject({
      user_id,
      quantity: 1,
      status: ReservationStatus.RESERVATION_STATUS_CONFIRMED,
      order_id: done.order_id,
      payment_intent_id: intent.payment_intent_id,
    });
  });

  it('paying twice moves the coins once', async () => {
    const { user_id, reservation_id } = await reserve('road');
    const { payment_intent_id } = await intend(reservation_id, user_id, 10);
    const first = await process(payment_intent_id);
    const second = await process(payment_intent_id);
    expect(second).toMatchObject({ status: first.status, transaction_id: first.transaction_id });
  });

  it('confirming again answers the same order', async () => {
    const { user_id, reservation_id } = await reserve('free');
    const first = await confirm(reservation_id, user_id);
    expect(await confirm(reservation_id, user_id)).toMatchObject({
      order_id: first.order_id,
      error: undefined,
    });
  });

  it('where nothing is asked for, nothing can be paid', async () => {
    const { user_id, reservation_id } = await reserve('free');
    const intent = await intend(reservation_id, user_id, 0);
    expect(intent.error?.code).toBe(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
  });

  it('the last seat is given to one, and again once it is given back', async () => {
    const sold = await reserve('last');
    await confirm(sold.reservation_id, sold.user_id);
    const first = await reserve('last');
    const second = await reserve('last');
    expect(first.answer.error).toBeUndefined();
    expect(second.answer.error?.code).toBe(ErrorCode.ERROR_CODE_INSUFFICIENT_INVENTORY);
    const back = await cancel(first.reservation_id, first.user_id);
    expect(back).toMatchObject({ status: ReservationStatus.RESERVATION_STATUS_CANCELLED, error: undefined });
    const third = await reserve('last', second.user_id);
    expect(third.answer.error).toBeUndefined();
    await cancel(third.reservation_id, third.user_id);
  });

  it('nobody has two seats', async () => {
    const { user_id } = await reserve('person');
    const again = await reserve('person', user_id);
    expect(again.answer.error?.code).toBe(ErrorCode.ERROR_CODE_ALREADY_EXISTS);
    const two = await tickets().reservations.createReservation(
      {
        event_id: tickets().eventId('person'),
        seat_ids: [],
        quantity: 2,
        user_id: await tickets().newUser(),
        reservation_token: '',
        idempotency_key: '',
        metadata: undefined,
      },
      call(),
    );
    expect(two.error?.code).toBe(ErrorCode.ERROR_CODE_INVALID_ARGUMENT);
  });

  it('what nobody knows is not found', async () => {
    const id = randomUUID();
    const user = await tickets().newUser();
    const answers = [
      await get(id, user),
      await confirm(id, user),
      await cancel(id, user),
      await paymentOf(id, user),
      await process(id),
      await intend(id, user, 10),
    ];
    for (const { error } of answers) expect(error?.code).toBe(ErrorCode.ERROR_CODE_NOT_FOUND);
  });

  it('what belongs to somebody else is not shown and not touched', async () => {
    const { user_id, reservation_id } = await reserve('foreign');
    const { payment_intent_id } = await intend(reservation_id, user_id, 10);
    const stranger = await tickets().newUser();
    const answers = [
      await get(reservation_id, stranger),
      await confirm(reservation_id, stranger),
      await cancel(reservation_id, stranger),
      await paymentOf(payment_intent_id, stranger),
      await intend(reservation_id, stranger, 10),
    ];
    for (const { error } of answers) expect(error?.code).toBe(ErrorCode.ERROR_CODE_FORBIDDEN);
    expect((await get(reservation_id, user_id)).reservation?.status).toBe(
      ReservationStatus.RESERVATION_STATUS_HOLD,
    );
  });

  it('a seat that was not paid is not confirmed, nor with the payment of another', async () => {
    const mine = await reserve('unpaid');
    const other = await reserve('unpaid');
    const theirs = await intend(other.reservation_id, other.user_id, 10);
    await process(theirs.payment_intent_id);
    const own = await intend(mine.reservation_id, mine.user_id, 10);
    for (const intent of ['', own.payment_intent_id, theirs.payment_intent_id])
      expect((await confirm(mine.reservation_id, mine.user_id, intent)).error?.code).toBe(
        ErrorCode.ERROR_CODE_PAYMENT_NOT_APPROVED,
      );
    expect((await intend(mine.reservation_id, mine.user_id, 9)).error?.code).toBe(
      ErrorCode.ERROR_CODE_INVALID_ARGUMENT,
    );
  });

  it('who has too few coins has not paid', async () => {
    const { user_id, reservation_id } = await reserve('dear');
    const { payment_intent_id } = await intend(reservation_id, user_id, 900);
    const answer = await process(payment_intent_id);
    expect(answer.status).toBe(PaymentStatus.PAYMENT_STATUS_FAILED);
    expect(answer.result).toMatchObject({ success: false });
    expect((await confirm(reservation_id, user_id, payment_intent_id)).error?.code).toBe(
      ErrorCode.ERROR_CODE_PAYMENT_NOT_APPROVED,
    );
  });

  it('a hold is extended once, by no more than a hold lasts', async () => {
    const { answer, user_id, reservation_id } = await reserve('extend');
    const extend = () =>
      tickets().reservations.extendHold(
        { reservation_id, user_id, extension_seconds: 10_000, reason: '', idempotency_key: '' },
        call(),
      );
    const first = await extend();
    expect(first).toMatchObject({ extended_seconds: HOLD_SECONDS, error: undefined });
    const heldUntil = answer.hold_expires_at?.getTime() ?? 0;
    expect(first.new_expires_at?.getTime()).toBe(heldUntil + HOLD_SECONDS * 1000);
    expect((await extend()).error?.code).toBe(ErrorCode.ERROR_CODE_FAILED_PRECONDITION);
  });

  it('what was given back stays given back', async () => {
    const { user_id, reservation_id } = await reserve('twice');
    await cancel(reservation_id, user_id);
    for (const { error } of [await cancel(reservation_id, user_id), await confirm(reservation_id, user_id)])
      expect(error?.code).toBe(ErrorCode.ERROR_CODE_FAILED_PRECONDITION);
  });

  it('the same request under the same key is done once, another one is refused', async () => {
    const key = `ticket-${randomUUID()}`;
    const event_id = tickets().eventId('keys');
    const user_id = await tickets().newUser();
    const request = {
      event_id,
      seat_ids: [],
      quantity: 1,
      user_id,
      reservation_token: await tickets().token(event_id, user_id),
      idempotency_key: key,
      metadata: undefined,
    };
    const { reservations } = tickets();
    const first = await reservations.createReservation(request, call(key));
    const again = await reservations.createReservation(request, call(key));
    expect(again).toMatchObject({ reservation_id: first.reservation_id, error: undefined });
    const other = await reservations.createReservation({ ...request, seat_ids: ['3'] }, call(key));
    expect(other.error?.code).toBe(ErrorCode.ERROR_CODE_IDEMPOTENCY_CONFLICT);
  });

  it('an admission serves once', async () => {
    const event_id = tickets().eventId('tokens');
    const user_id = await tickets().newUser();
    const reservation_token = await tickets().token(event_id, user_id);
    const request = {
      event_id,
      seat_ids: [],
      quantity: 1,
      user_id,
      reservation_token,
      idempotency_key: '',
      metadata: undefined,
    };
    const { reservations } = tickets();
    const { reservation_id } = await reservations.createReservation(request, call());
    await cancel(reservation_id, user_id);
    const again = await reservations.createReservation(request, call());
    expect(again.error?.code).toBe(ErrorCode.ERROR_CODE_FORBIDDEN);
  });

  it('who gives a paid seat back gets the coins back', async () => {
    const { user_id, reservation_id } = await reserve('refund');
    const { payment_intent_id } = await intend(reservation_id, user_id, 10);
    await process(payment_intent_id);
    await confirm(reservation_id, user_id, payment_intent_id);
    expect((await cancel(reservation_id, user_id)).error).toBeUndefined();
    await expect
      .poll(async () => (await paymentOf(payment_intent_id, user_id)).payment?.status, { timeout: 10_000 })
      .toBe(PaymentStatus.PAYMENT_STATUS_REFUNDED);
  });

  it('seats are listed by person and event, page by page', async () => {
    const { reservations } = tickets();
    const held = [await reserve('list'), await reserve('list'), await reserve('list')];
    const list = (user_id: string, cursor: string, page_size: number) =>
      reservations.listReservations(
        {
          user_id,
          status: 0,
          event_id: tickets().eventId('list'),
          pagination: { page: 0, page_size, cursor },
        },
        call(),
      );
    const own = await list(held[0]?.user_id ?? '', '', 10);
    expect(own.reservations.map((seat) => seat.reservation_id)).toEqual([held[0]?.reservation_id]);
    const first = await list('', '', 2);
    expect(first.reservations).toHaveLength(2);
    expect(first.page_info).toMatchObject({ total_count: 3, has_next_page: true });
    const rest = await list('', first.page_info?.next_cursor ?? '', 2);
    const all = [...first.reservations, ...rest.reservations].map((seat) => seat.reservation_id);
    expect(all.sort()).toEqual(held.map((seat) => seat.reservation_id).sort());
  });

  it('a hold ends by itself, and its seat is free at once', async () => {
    const sold = await reserve('expiry');
    await confirm(sold.reservation_id, sold.user_id);
    const { answer, user_id, reservation_id } = await reserve('expiry');
    expect((await reserve('expiry')).answer.error?.code).toBe(ErrorCode.ERROR_CODE_INSUFFICIENT_INVENTORY);
    await delay(Math.max(0, (answer.hold_expires_at?.getTime() ?? 0) - Date.now()));
    await expect
      .poll(async () => (await get(reservation_id, user_id)).reservation?.status, { timeout: 5_000 })
      .toBe(ReservationStatus.RESERVATION_STATUS_EXPIRED);
    expect((await confirm(reservation_id, user_id)).error?.code).toBe(
      ErrorCode.ERROR_CODE_RESERVATION_EXPIRED,
    );
    expect((await reserve('expiry')).answer.error).toBeUndefined();
  });
}
