import { describe, expect, it } from 'vitest';
import { AppError } from '../errors';
import {
  CancelPaymentResponse,
  GetPaymentStatusResponse,
  ListPaymentsResponse,
  Payment,
  PaymentStatus,
} from '../grpc/gen/proto/payment/v1/payment';
import { paymentsElsewhere } from './elsewhere';
import type { PaymentService } from './services';

const unserved = async (): Promise<never> => {
  throw new AppError('UNIMPLEMENTED', 'Not served.');
};
const nothing: PaymentService = {
  createPaymentIntent: unserved,
  getPaymentStatus: unserved,
  processPayment: unserved,
  cancelPayment: unserved,
  listPayments: unserved,
};
const paid = (payment_intent_id: string, more: Partial<Payment> = {}) =>
  Payment.create({
    payment_intent_id,
    reservation_id: 'mine',
    user_id: 'u',
    status: PaymentStatus.PAYMENT_STATUS_COMPLETED,
    amount: { amount: 10n, currency: 'COIN' },
    ...more,
  });

const lookup = (service: Partial<PaymentService>) => paymentsElsewhere(() => ({ ...nothing, ...service }));
const failing = (code: number) => ({ code, message: 'no', trace_id: '', details: [] });

describe('SEAT-7: what was paid elsewhere for a seat', () => {
  it('is read to the end of the list, and nothing that others paid with it', async () => {
    const all = Array.from({ length: 250 }, (_, at) =>
      paid(`p${at}`, at % 2 === 0 ? {} : { reservation_id: 'another’s' }),
    );
    const { listFor } = lookup({
      listPayments: async ({ pagination }) => {
        const from = Number(pagination?.cursor || 0);
        const next = from + 100;
        return ListPaymentsResponse.create({
          payments: all.slice(from, next),
          page_info: {
            total_count: all.length,
            has_next_page: next < all.length,
            has_previous_page: from > 0,
            next_cursor: next < all.length ? String(next) : '',
            previous_cursor: '',
          },
        });
      },
    });
    const found = await listFor('mine');
    expect(found).toHaveLength(125);
    expect(new Set(found.map(({ reservationId }) => reservationId))).toEqual(new Set(['mine']));
    expect(found[0]).toMatchObject({ state: 'completed', amount: 10, currency: 'COIN', refundedAmount: 0 });
  });

  it('is known by its own intent where the service has no list', async () => {
    expect(await lookup({}).listFor('mine')).toEqual([]);
  });

  it('is not guessed at where the service tells no status', async () => {
    const { get } = lookup({
      getPaymentStatus: async () => GetPaymentStatusResponse.create({ payment: paid('p', { status: 0 }) }),
    });
    await expect(get('p')).rejects.toMatchObject({ detail: { reason: 'upstream_broken' } });
  });

  it.each([
    ['REFUNDED', true],
    ['CANCELLED', true],
    ['PROCESSING', false],
  ] as const)('is settled or not as it stands when giving back is refused: %s', async (word, isSettled) => {
    const { giveBack } = lookup({
      cancelPayment: async () => CancelPaymentResponse.create({ error: failing(7) }),
      getPaymentStatus: async () =>
        GetPaymentStatusResponse.create({
          payment: paid('p', { status: PaymentStatus[`PAYMENT_STATUS_${word}`] }),
        }),
    });
    expect(await giveBack('p', 'lost', 'key')).toBe(isSettled);
  });

  it('is tried again when it still is paid', async () => {
    const { giveBack } = lookup({
      cancelPayment: async () => CancelPaymentResponse.create({ error: failing(7) }),
      getPaymentStatus: async () => GetPaymentStatusResponse.create({ payment: paid('p') }),
    });
    await expect(giveBack('p', 'lost', 'key')).rejects.toThrow();
  });
});
