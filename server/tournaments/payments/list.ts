import { asAppError } from '../../errors';
import { afterCursor, toPage } from '../../records/page-cursor';
import { refusal } from '../refusals';
import type { PaymentContext } from './context';
import type { Payments } from './payments';
import { toPayment } from './rows';

const MOST = 200;

/** Payments, the newest first. @throws bad_request for a cursor that is none */
export async function listPayments(
  { db }: Pick<PaymentContext, 'db'>,
  { userId, reservationId, state, limit, cursor }: Parameters<Payments['list']>[0],
): ReturnType<Payments['list']> {
  const where = {
    ...(userId === undefined ? {} : { userId }),
    ...(reservationId === undefined ? {} : { reservationId }),
    ...(state === undefined ? {} : { status: state }),
  };
  const most = Math.min(MOST, Math.max(1, Math.floor(limit)));
  const [found, total] = await Promise.all([
    db.paymentIntent.findMany({
      where: { ...where, AND: [after(cursor)] },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: most + 1,
    }),
    db.paymentIntent.count({ where }),
  ]);
  const { rows, nextCursor } = toPage(found, most);
  return { payments: rows.map(toPayment), nextCursor: nextCursor ?? undefined, total };
}

function after(cursor: string | undefined) {
  try {
    return afterCursor(cursor);
  } catch (cause) {
    throw refusal('bad_request', `bad request: ${asAppError(cause)?.message ?? 'the cursor is none.'}`, {
      cause,
    });
  }
}
