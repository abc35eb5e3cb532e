import type { NextAuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import { publicError } from '../errors';
import { roomLogger } from '../logger';
import { normalizeAddress } from '../request-facts';
import { type AccountServices, authenticate, createGuest } from './accounts';
import { oauthAdapter } from './oauth-adapter';
import { type OAuthConfig, oauthProviders } from './oauth-providers';
import { currentPlayer, forgetPlayer, type Player } from './players';

const log = roomLogger('auth');

/** Thirty days; next-auth renews the cookie whenever its session route is asked. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The client's address from the header that our server stamps on every request to Next. */
function addressOf(headers: Record<string, unknown> | undefined): string {
  const forwarded = headers?.['x-forwarded-for'];
  const last = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
  return normalizeAddress(last || 'unknown');
}

const toAuthUser = (player: Player) => ({
  id: player.playerId,
  name: player.playerName,
  epoch: player.epoch,
});

/** next-auth shows a thrown error's message to whoever logs in, so only messages meant for them leave here. */
async function withPublicErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const shown = publicError(error);
    if (shown.code === 'INTERNAL') log.error({ err: error }, 'log-in failed');
    throw new Error(shown.message);
  }
}

/** Where `url` leads if that is a page of ours, else our front page: whoever logs in is never sent elsewhere. */
function ownPage(url: string, baseUrl: string): string {
  if (!URL.canParse(url, baseUrl)) return baseUrl;
  const target = new URL(url, baseUrl);
  return target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}

/**
 * next-auth's options: providers `credentials`, `guest` and the OAuth ones that are configured; the
 * session is an encrypted cookie that names the player and the epoch, and nothing that can go stale.
 */
export function createAuthOptions(
  services: AccountServices,
  secret: string,
  config: OAuthConfig,
): NextAuthOptions {
  const { db } = services;
  const oauth = oauthProviders(config);
  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login', error: '/login' },
    ...(oauth.length > 0 ? { adapter: oauthAdapter(services) } : {}),
    providers: [
      CredentialsProvider({
        id: 'credentials',
        credentials: {
          username: { label: 'Username', type: 'text' },
          password: { label: 'Password', type: 'password' },
        },
        authorize: (given, req) =>
          withPublicErrors(async () => {
            const username = given?.username;
            const password = given?.password;
            // A JSON body may hold anything.
            if (typeof username !== 'string' || typeof password !== 'string') return null;
            const address = addressOf(req.headers);
            const player = await authenticate(services, { username, password, address });
            return player && toAuthUser(player);
          }),
      }),
      CredentialsProvider({
        id: 'guest',
        name: 'Guest',
        credentials: {},
        authorize: (_given, req) =>
          withPublicErrors(async () => toAuthUser(await createGuest(services, addressOf(req.headers)))),
      }),
      ...oauth,
    ],
    jwt: {
      maxAge: SESSION_SECONDS,
      /** null for a player who is gone or revoked: next-auth then clears the cookie. */
      async decode(params) {
        const token = await decode(params).catch(() => null);
        return token?.sub && (await currentPlayer(token.sub, token.epoch, db)) ? token : null;
      },
    },
    callbacks: {
      redirect: ({ url, baseUrl }) => ownPage(url, baseUrl),
      async jwt({ token, user }) {
        if (!user) return token;
        // From the database, since an OAuth log-in hands over the provider's idea of the user.
        forgetPlayer(user.id);
        const row = await db.user.findUniqueOrThrow({ where: { id: user.id } });
        return { sub: row.id, epoch: row.sessionEpoch };
      },
      async session({ session, token }) {
        const player = token.sub ? await currentPlayer(token.sub, token.epoch, db) : null;
        if (!player) throw new Error('The player is gone.');
        const { playerId: id, playerName: name, role, isGuest } = player;
        return { ...session, user: { id, name, role, isGuest } };
      },
    },
    logger: {
      error(code, metadata) {
        // A cookie that expired or was revoked is everyday life.
        if (code === 'JWT_SESSION_ERROR') log.debug({ code }, 'a log-in cookie was refused');
        else log.error({ code, err: metadata }, 'next-auth failed');
      },
      warn(code) {
        log.debug({ code }, 'next-auth warns');
      },
      debug() {},
    },
  };
}
