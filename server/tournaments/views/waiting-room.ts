import { z } from 'zod';
import { ReservationStatus, TournamentStatus } from '../../db/generated/enums';
import { coins, seconds, time } from './fields';

export const placeSchema = z.object({
  /** The waiting token: the same on every device of the person. */
  token: z.string(),
  /** What stands for the place in the public log. */
  entryId: z.string(),
  state: z.enum(['waiting', 'ready', 'admitted', 'used', 'left', 'expired']),
  /** From 1; 0 before the draw and when it is over. */
  position: z.int().min(0),
  waiting: z.int().min(0),
  estimate: z.object({ seconds, low: seconds, high: seconds }).nullable(),
  joinedAt: time,
  readyUntil: time.nullable(),
  expiresAt: time,
});

/** A seat and its countdown. */
export const seatSchema = z.object({
  reservationId: z.string(),
  state: z.enum(ReservationStatus),
  seat: z.int(),
  fee: coins,
  holdExpiresAt: time,
  /** The countdown stands while its person pays. */
  isPaused: z.boolean(),
  mayExtend: z.boolean(),
  paymentIntentId: z.string().nullable(),
  /** Why it ended, where it did. */
  reason: z.string().nullable(),
});

export const PAYMENT_STATES = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'refunded',
  'expired',
] as const;

export const paymentSchema = z.object({
  paymentIntentId: z.string(),
  state: z.enum(PAYMENT_STATES),
  amount: coins,
  failureReason: z.string().nullable(),
  refunded: coins,
});

/** The whole waiting room in one value. */
export const waitingRoomSchema = z.object({
  tournamentId: z.string(),
  status: z.enum(TournamentStatus),
  isPaused: z.boolean(),
  isFull: z.boolean(),
  opensAt: time,
  closesAt: time,
  startsAt: time,
  fee: coins,
  seats: z.int(),
  confirmed: z.int(),
  held: z.int(),
  /** null without a place */
  place: placeSchema.nullable(),
  /** The latest seat of the person, whatever became of it; null without one. */
  seat: seatSchema.nullable(),
  /** The payment of that seat. */
  payment: paymentSchema.nullable(),
  /** Coins of the person. */
  balance: coins,
  isEntrant: z.boolean(),
  isCheckedIn: z.boolean(),
});

export type WaitingRoom = Readonly<z.infer<typeof waitingRoomSchema>>;
