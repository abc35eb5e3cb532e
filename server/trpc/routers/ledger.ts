import { z } from 'zod';
import { getDb } from '../../db/client';
import { coinGrant, grantCoins } from '../../tournaments/ledger/coins';
import { proveBooks } from '../../tournaments/ledger/prove-books';
import { adminProcedure, router } from '../init';

const proof = z.object({
  at: z.date(),
  isSound: z.boolean(),
  transfers: z.int(),
  accounts: z.int(),
  entries: z.int(),
  /** Both are 0. */
  sumOfEntries: z.bigint(),
  sumOfBalances: z.bigint(),
  violations: z.array(z.object({ what: z.string(), subject: z.string(), detail: z.string() })),
});

/** The books of the arcade's coins, for admins. */
export const ledgerRouter = router({
  /** Proves them against themselves and against seats and payments, as they are at this moment. */
  prove: adminProcedure.output(proof).query(async () => {
    const { violations, ...sums } = await proveBooks(getDb());
    return { ...sums, violations: [...violations] };
  }),

  /** Gives coins or takes them; who did it, and why, is written down for ever. */
  grant: adminProcedure
    .input(coinGrant)
    .output(z.object({ transferId: z.string() }))
    .mutation(({ ctx, input }) => grantCoins(getDb(), input, ctx.user.playerId)),
});
