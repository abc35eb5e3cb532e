import { z } from 'zod';
import { type Money, type Seat, SeatStatus } from '../grpc/gen/proto/common/v1/types';
import { type Payment, PaymentStatus } from '../grpc/gen/proto/payment/v1/payment';
import { type Reservation, ReservationStatus } from '../grpc/gen/proto/reservation/v1/reservation';
import type { Json } from './operation';

/** The only currency: the arcade's coins. */
export const CURRENCY = 'COIN';

/** Coins that are safe as a number: far more than the arcade ever gives out. */
export const coins = (money: Money | undefined): number => Number(money?.amount ?? 0n);

const moneyJson = (money: Money | undefined): Json => ({
  amount: coins(money),
  currency: money?.currency || CURRENCY,
});

/** An enum's value without its prefix: `HOLD`. */
export const reservationWord = (status: ReservationStatus): string =>
  (ReservationStatus[status] ?? '').replace('RESERVATION_STATUS_', '');
export const paymentWord = (status: PaymentStatus): string =>
  (PaymentStatus[status] ?? '').replace('PAYMENT_STATUS_', '');

/** The value of such a word; undefined for none. */
export function reservationStatusOf(word: string | undefined): ReservationStatus | undefined {
  const found = Object.entries(ReservationStatus).find(
    ([name]) => name === `RESERVATION_STATUS_${word}`,
  )?.[1];
  return typeof found === 'number' ? found : undefined;
}
export function paymentStatusOf(word: string | undefined): PaymentStatus | undefined {
  const found = Object.entries(PaymentStatus).find(([name]) => name === `PAYMENT_STATUS_${word}`)?.[1];
  return typeof found === 'number' ? found : undefined;
}

export const seatJson = ({ id, section, row, number, price, status }: Seat): Json => ({
  id,
  section,
  row,
  number,
  price: moneyJson(price),
  status: (SeatStatus[status] ?? '').replace('SEAT_STATUS_', ''),
});

export const amountJson = moneyJson;

/** What both the flat answer and its `reservation` wrapper hold. */
export const reservationJson = (one: Reservation): Json => ({
  reservation_id: one.reservation_id,
  event_id: one.event_id,
  user_id: one.user_id,
  status: reservationWord(one.status),
  seat_ids: one.seats.map(({ id }) => id),
  seats: one.seats.map(seatJson),
  quantity: one.quantity,
  total_amount: moneyJson(one.total_amount),
  hold_expires_at: one.hold_expires_at,
  payment_intent_id: one.payment_intent_id,
  order_id: one.order_id,
  created_at: one.created_at,
  updated_at: one.updated_at,
});

export const paymentJson = (one: Payment): Json => ({
  payment_intent_id: one.payment_intent_id,
  payment_id: one.payment_id,
  reservation_id: one.reservation_id,
  user_id: one.user_id,
  status: paymentWord(one.status),
  amount: coins(one.amount),
  currency: one.amount?.currency || CURRENCY,
  method: one.method,
  transaction_id: one.transaction_id,
  failure_reason: one.result?.failure_reason ?? '',
  created_at: one.created_at,
  updated_at: one.updated_at,
  processed_at: one.processed_at,
});

export const money = z.object({ amount: z.int(), currency: z.string() });
const instant = z.iso.datetime().optional();
export const seat = z.object({
  id: z.string(),
  section: z.string(),
  row: z.string(),
  number: z.string(),
  price: money,
  status: z.string(),
});
export const reservation = z.object({
  reservation_id: z.string(),
  event_id: z.string(),
  user_id: z.string(),
  status: z.string(),
  seat_ids: z.array(z.string()),
  seats: z.array(seat),
  quantity: z.int(),
  total_amount: money,
  hold_expires_at: instant,
  payment_intent_id: z.string(),
  order_id: z.string(),
  created_at: instant,
  updated_at: instant,
});
export const payment = z.object({
  payment_intent_id: z.string(),
  payment_id: z.string(),
  reservation_id: z.string(),
  user_id: z.string(),
  status: z.string(),
  amount: z.int(),
  currency: z.string(),
  method: z.int(),
  transaction_id: z.string(),
  failure_reason: z.string(),
  created_at: instant,
  updated_at: instant,
  processed_at: instant,
});
