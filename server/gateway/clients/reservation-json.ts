import { z } from 'zod';
import {
  type Money,
  Money as Moneys,
  type Seat,
  SeatStatus,
  Seat as Seats,
} from '../../grpc/gen/proto/common/v1/types';
import {
  type Reservation,
  Reservation as Reservations,
} from '../../grpc/gen/proto/reservation/v1/reservation';
import { coins, reservationStatusOf, reservationWord } from '../wire-json';

/** JSON of reservation-api's HTTP shape: camelCase. Fields that only ours has are optional everywhere. */

const text = z.string().max(500);
/** What a service may leave out or send as null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
/** A time with or without an offset (then UTC), as Java writes it. */
export const instant = z
  .string()
  .max(64)
  .transform((value) => (/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`))
  .refine((value) => !Number.isNaN(Date.parse(value)), 'is no time')
  .transform((value) => new Date(value));

const money = z
  .object({ amount: z.int().min(0), currency: z.string().max(10) })
  .transform(({ amount, currency }): Money => Moneys.create({ amount: BigInt(amount), currency }));
const moneyOut = (value: Money | undefined) => value && { amount: coins(value), currency: value.currency };

const seatStatusOf = (word: string): SeatStatus => {
  const found = Object.entries(SeatStatus).find(([name]) => name === `SEAT_STATUS_${word}`)?.[1];
  return typeof found === 'number' ? found : SeatStatus.SEAT_STATUS_UNSPECIFIED;
};
const seat = z
  .object({
    id: text,
    section: text.default(''),
    row: text.default(''),
    number: text.default(''),
    price: maybe(money),
    status: z.string().max(50).default(''),
  })
  .transform((value): Seat => Seats.create({ ...value, status: seatStatusOf(value.status) }));
const seatOut = ({ id, section, row, number, price, status }: Seat) => ({
  id,
  section,
  row,
  number,
  price: moneyOut(price),
  status: (SeatStatus[status] ?? '').replace('SEAT_STATUS_', ''),
});
export const seatsOut = (seats: readonly Seat[]) => seats.map(seatOut);
export { moneyOut };

export const status = z
  .string()
  .max(50)
  .transform((word, context) => {
    const known = reservationStatusOf(word);
    if (known === undefined) context.addIssue({ code: 'custom', message: 'is no status of a reservation' });
    return known ?? 0;
  });
export const statusOut = reservationWord;
export const seats = z.array(seat).max(100);
export { maybe, money, text };

/** A seat by its id is all that reservation-api tells of it. */
const bySeatIds = (ids: readonly string[]): Seat[] => ids.map((id) => Seats.create({ id }));

export const reservation = z
  .object({
    reservationId: text,
    eventId: text,
    userId: maybe(text),
    status,
    quantity: z.int().min(0).max(1_000),
    seatIds: z.array(text).max(100).default([]),
    seats: maybe(seats),
    totalAmount: maybe(money),
    holdExpiresAt: maybe(instant),
    paymentIntentId: maybe(text),
    orderId: maybe(text),
    createdAt: maybe(instant),
    updatedAt: maybe(instant),
  })
  .transform(
    (value): Reservation =>
      Reservations.create({
        reservation_id: value.reservationId,
        event_id: value.eventId,
        user_id: value.userId ?? '',
        status: value.status,
        seats: value.seats ?? bySeatIds(value.seatIds),
        quantity: value.quantity,
        ...(value.totalAmount ? { total_amount: value.totalAmount } : {}),
        ...(value.holdExpiresAt ? { hold_expires_at: value.holdExpiresAt } : {}),
        payment_intent_id: value.paymentIntentId ?? '',
        order_id: value.orderId ?? '',
        ...(value.createdAt ? { created_at: value.createdAt } : {}),
        ...(value.updatedAt ? { updated_at: value.updatedAt } : {}),
      }),
  );

export const reservationOut = (one: Reservation) => ({
  reservationId: one.reservation_id,
  eventId: one.event_id,
  userId: one.user_id,
  status: statusOut(one.status),
  quantity: one.quantity,
  seatIds: one.seats.map(({ id }) => id),
  seats: seatsOut(one.seats),
  totalAmount: moneyOut(one.total_amount),
  holdExpiresAt: one.hold_expires_at,
  paymentIntentId: one.payment_intent_id || undefined,
  orderId: one.order_id || undefined,
  createdAt: one.created_at,
  updatedAt: one.updated_at,
});
