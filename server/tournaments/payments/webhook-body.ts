import { z } from 'zod';
import type { PaymentIntent } from '../../db/generated/client';
import type { PaymentState } from './payments';

/** The body of a webhook, out and in (the ticket contract's payment section). */

const PREFIX = 'PAYMENT_STATUS_';
const EVENT = 'payment.status_updated';

export const webhookBody = z.object({
  payment_id: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[^\0]*$/, 'NUL is in no id'),
  reservation_id: z.string().max(128).optional(),
  status: z.enum([
    `${PREFIX}PENDING`,
    `${PREFIX}PROCESSING`,
    `${PREFIX}COMPLETED`,
    `${PREFIX}FAILED`,
    `${PREFIX}CANCELLED`,
    `${PREFIX}REFUNDED`,
    `${PREFIX}EXPIRED`,
  ]),
  amount: z.int().min(1).optional(),
  currency: z.string().max(10).optional(),
  /** Unix seconds */
  timestamp: z.int().min(0),
  event_type: z.literal(EVENT),
});
export type WebhookBody = z.output<typeof webhookBody>;

export const statusWord = (state: PaymentState): string => `${PREFIX}${state.toUpperCase()}`;

export function bodyOf(row: PaymentIntent, now: Date): string {
  return JSON.stringify({
    payment_id: row.id,
    reservation_id: row.reservationId,
    status: statusWord(row.status),
    amount: Number(row.amount),
    currency: row.currency,
    timestamp: Math.floor(now.getTime() / 1000),
    event_type: EVENT,
  });
}
