import { z } from 'zod';
import { register } from '../../auth/accounts';
import { loadPlayer } from '../../auth/players';
import { accountServices } from '../../auth/services';
import { processConfig } from '../../auth/settings';
import { issueSignalToken } from '../../auth/signal-token';
import { AppError } from '../../errors';
import { playerProcedure, publicProcedure, router } from '../init';

/** Far above every real length: the rules with the clear messages are the domain's. */
const text = z.string().max(1_000);

export const accountRouter = router({
  /** Creates an account; logging in is next-auth's. */
  register: publicProcedure
    .input(z.object({ username: text, password: text, adminToken: text.nullish() }))
    .mutation(async ({ ctx, input }) => {
      const player = await register(accountServices(), {
        username: input.username,
        password: input.password,
        adminToken: input.adminToken ?? undefined,
        address: ctx.address,
      });
      return { playerId: player.playerId, playerName: player.playerName };
    }),

  /** A token for the signaling socket: `auth: { token }` at `url`, path `/ws/signal`. */
  signalToken: playerProcedure.mutation(async ({ ctx }) => {
    const player = await loadPlayer(ctx.user.playerId, accountServices().db);
    if (!player) throw new AppError('UNAUTHENTICATED', 'This account is gone. Log in again.');
    const { token, expiresAt } = await issueSignalToken(player);
    const url = processConfig().SIGNALING_URL ?? ctx.origin;
    if (url === undefined) throw new AppError('INTERNAL', 'The request has no address of its own.');
    return { token, expiresAt: expiresAt.toISOString(), url };
  }),

  /** Who is signed in, or null. */
  me: publicProcedure.query(({ ctx }) => {
    if (!ctx.user) return null;
    const { playerId, playerName, role, isGuest } = ctx.user;
    return { playerId, playerName, role, isGuest };
  }),
});
