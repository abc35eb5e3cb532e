import { z } from 'zod';
import { showHistory, showWallet } from '../../tournaments/running/show-wallet';
import { walletHistorySchema, walletSchema } from '../../tournaments/views/wallet';
import { playerProcedure, router } from '../init';
import { tournamentRoom } from '../tournament-room';

const historyInput = z.object({
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(40).nullish(),
});

/** Arcade coins of whoever asks. */
export const walletRouter = router({
  get: playerProcedure
    .output(walletSchema)
    .query(({ ctx }) => showWallet(tournamentRoom(), ctx.user.playerId)),

  /** What moved, the latest first. */
  history: playerProcedure
    .input(historyInput.prefault({}))
    .output(walletHistorySchema)
    .query(({ ctx, input }) => showHistory(tournamentRoom(), ctx.user.playerId, input)),
});
