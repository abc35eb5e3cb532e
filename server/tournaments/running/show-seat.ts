import type { z } from 'zod';
import type { Reservation } from '../../db/generated/client';
import type { seatSchema } from '../views/waiting-room';
import { iso } from './show-pairing';

export type SeatView = z.input<typeof seatSchema>;

/** A seat's row as pages see it. */
export function seatOf(row: Reservation): SeatView {
  return {
    reservationId: row.id,
    state: row.status,
    seat: row.seat,
    fee: row.fee,
    holdExpiresAt: iso(row.holdExpiresAt),
    isPaused: row.pausedAt !== null,
    mayExtend: row.status === 'hold' && !row.extended,
    paymentIntentId: row.paymentIntentId,
    reason: row.reason,
  };
}
