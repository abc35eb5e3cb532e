import type { PaymentIntent } from '../../db/generated/client';
import { ChangeFeed } from '../reservations/change-feed';
import type { PaymentContext } from './context';
import { countFailure } from './counts';
import type { PaymentState } from './payments';

/** What an intent was, for somebody who sees it for the first time. */
function guess({ status, createdAt, updatedAt }: PaymentIntent): PaymentState | undefined {
  if (status === 'pending' || createdAt.getTime() === updatedAt.getTime()) return undefined;
  return status === 'refunded' ? 'completed' : 'pending';
}

/** Changes of payments, as this process sees them. */
export function paymentFeed({
  db,
  clock,
  log,
}: Pick<PaymentContext, 'db' | 'clock' | 'log'>): ChangeFeed<PaymentIntent, PaymentState> {
  return new ChangeFeed<PaymentIntent, PaymentState>(
    {
      version: (row) => ({
        id: row.id,
        state: row.status,
        updatedAt: row.updatedAt,
        mark: `${row.refundedAmount}`,
      }),
      async recent({ updatedAt, id }, limit) {
        const rows = await db.paymentIntent.findMany({
          where: { OR: [{ updatedAt: { gt: updatedAt } }, { updatedAt, id: { gt: id } }] },
          select: { id: true, status: true, updatedAt: true, refundedAmount: true },
          orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
          take: limit,
        });
        return rows.map(({ id, status, updatedAt, refundedAmount }) => ({
          id,
          state: status,
          updatedAt,
          mark: `${refundedAmount}`,
        }));
      },
      read: (ids) => db.paymentIntent.findMany({ where: { id: { in: [...ids] } } }),
      guess,
    },
    clock.now,
    (err) => {
      countFailure('feed');
      log.warn({ err }, 'a listener for payments failed');
    },
  );
}
