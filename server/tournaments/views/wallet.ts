import { z } from 'zod';
import { coins, time } from './fields';

export const walletSchema = z.object({
  balance: coins,
  currency: z.literal('COIN'),
});

export const walletHistorySchema = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: time,
      /** Below zero: paid. */
      amount: z.int(),
      balanceAfter: z.int(),
      /** welcome, daily, fee, refund, prize, grant, … */
      kind: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export type WalletHistory = Readonly<z.infer<typeof walletHistorySchema>>;
