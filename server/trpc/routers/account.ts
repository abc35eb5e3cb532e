import { z } from 'zod';
import { changePassword, chooseName, register } from '../../auth/accounts';
import { issueApiToken } from '../../auth/api-token';
import { deleteAccount } from '../../auth/deletion';
import { endAllLogins } from '../../auth/logins';
import { accountServices } from '../../auth/services';
import { issueSignalToken } from '../../auth/signal-token';
import { processConfig } from '../../config';
import { Role } from '../../db/generated/enums';
import { AppError } from '../../errors';
import { playerProcedure, publicProcedure, router } from '../init';

/** Far above every real length: the rules with the clear messages are the domain's. */
const text = z.string().max(1_000);

const player = z.object({ playerId: z.string(), playerName: z.string() });
const done = z.object({ ok: z.literal(true) });

export const accountRouter = router({
  /** Creates an account; logging in is next-auth's. */
  register: publicProcedure
    .input(z.object({ username: text, password: text, adminToken: text.nullish() }))
    .output(player)
    .mutation(({ ctx, input }) =>
      register(accountServices(), {
        username: input.username,
        password: input.password,
        adminToken: input.adminToken ?? undefined,
        address: ctx.address,
      }),
    ),

  /** The name of an account that came through another site; asked once, at its first log-in. */
  chooseName: publicProcedure
    .input(z.object({ username: text }))
    .output(player)
    .mutation(({ ctx, input }) => {
      if (!ctx.unnamed)
        throw new AppError(
          'UNAUTHENTICATED',
          'Log in through another site first; its account asks for a name.',
        );
      return chooseName(accountServices(), { playerId: ctx.unnamed.playerId, username: input.username });
    }),

  /** Ends every log-in of the player, this one included: cookies, tokens, sockets and streams within a second. */
  logOutEverywhere: playerProcedure.output(done).mutation(async ({ ctx }) => {
    await endAllLogins(accountServices().db, ctx.user.playerId);
    return { ok: true as const };
  }),

  /** A new password; every log-in ends as with `logOutEverywhere`, so the client logs in again. */
  changePassword: playerProcedure
    .input(z.object({ currentPassword: text, newPassword: text }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      const { playerId } = ctx.user;
      await changePassword(accountServices(), { ...input, playerId, address: ctx.address });
      return { ok: true as const };
    }),

  /** Deletes the account, with the password or, where there is none, with its name; log-ins end as with `logOutEverywhere`. */
  delete: playerProcedure
    .input(z.object({ password: text.nullish(), username: text.nullish() }))
    .output(done)
    .mutation(async ({ ctx, input }) => {
      await deleteAccount(accountServices(), {
        playerId: ctx.user.playerId,
        password: input.password ?? undefined,
        username: input.username ?? undefined,
        address: ctx.address,
      });
      return { ok: true as const };
    }),

  /** A token for the signaling socket: `auth: { token }` at `url`, path `/ws/signal`. */
  signalToken: playerProcedure
    .output(z.object({ token: z.string(), expiresAt: z.iso.datetime(), url: z.string() }))
    .mutation(async ({ ctx }) => {
      const { token, expiresAt } = await issueSignalToken(ctx.user);
      const url = processConfig().SIGNALING_URL ?? ctx.origin;
      if (url === undefined) throw new AppError('INTERNAL', 'The request has no address of its own.');
      return { token, expiresAt: expiresAt.toISOString(), url };
    }),

  /** The bearer token for `/api/v1`, `/state` and gRPC. */
  apiToken: playerProcedure
    .output(z.object({ token: z.string(), expiresAt: z.iso.datetime() }))
    .mutation(async ({ ctx }) => {
      const { token, expiresAt } = await issueApiToken(ctx.user);
      return { token, expiresAt: expiresAt.toISOString() };
    }),

  /** Who is signed in, or null. */
  me: publicProcedure
    .output(player.extend({ role: z.enum(Role), isGuest: z.boolean() }).nullable())
    .query(({ ctx }) => ctx.user),
});
