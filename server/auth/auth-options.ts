import { randomUUID } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import { AppError, publicError } from '../errors';
import { roomLogger } from '../logger';
import { normalizeAddress } from '../request-facts';
import { type AccountServices, authenticate, createGuest } from './accounts';
import type { AuthNotes } from './auth-handler';
import { COOKIE_SECONDS, endLogin } from './logins';
import { oauthAdapter } from './oauth-adapter';
import { type OAuthConfig, oauthProviders } from './oauth-providers';
import { forgetPlayer, type Player, whoIs } from './players';
import { cookieSeconds, renewedClaims } from './renewal';
import { readClaims } from './session';

const log = roomLogger('auth');

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

/**
 * next-auth shows a thrown error's message to whoever logs in, so only messages meant for them leave here. Wrong
 * names and passwords are `null`, next-auth's own word for them.
 */
async function noting(notes: AuthNotes, enter: () => Promise<Player>) {
  try {
    return toAuthUser(await enter());
  } catch (error) {
    const shown = publicError(error);
    if (shown.code === 'INTERNAL') log.error({ err: error }, 'log-in failed');
    notes.refusal = new AppError(shown.code, shown.message, shown.detail ? { detail: shown.detail } : {});
    if (shown.code === 'UNAUTHENTICATED') return null;
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
 * session is an encrypted cookie that names the player, the epoch and the log-in, and nothing that can go stale.
 * @param notes one request's, filled while next-auth works on it.
 */
export function createAuthOptions(
  services: AccountServices,
  secret: string,
  config: OAuthConfig,
  notes: AuthNotes = {},
): NextAuthOptions {
  const { db } = services;
  const oauth = oauthProviders(config);
  return {
    secret,
    session: { strategy: 'jwt', maxAge: COOKIE_SECONDS },
    pages: { signIn: '/login', error: '/login', newUser: '/name' },
    ...(oauth.length > 0 ? { adapter: oauthAdapter(services) } : {}),
    providers: [
      CredentialsProvider({
        id: 'credentials',
        credentials: {
          username: { label: 'Username', type: 'text' },
          password: { label: 'Password', type: 'password' },
        },
        authorize: (given, req) =>
          noting(notes, async () => {
            // A JSON body may hold anything.
            const username = typeof given?.username === 'string' ? given.username : '';
            const password = typeof given?.password === 'string' ? given.password : '';
            const cookie: unknown = req.headers?.cookie;
            const player = await authenticate(services, {
              username,
              password,
              address: addressOf(req.headers),
              cookie: typeof cookie === 'string' ? cookie : undefined,
            });
            notes.enteredId = player.playerId;
            return player;
          }),
      }),
      CredentialsProvider({
        id: 'guest',
        name: 'Guest',
        credentials: {},
        authorize: (_given, req) => noting(notes, () => createGuest(services, addressOf(req.headers))),
      }),
      ...oauth,
    ],
    jwt: {
      maxAge: COOKIE_SECONDS,
      /** null for a log-in that was ended or revoked, or a player who is gone: next-auth then clears the cookie. */
      async decode(params) {
        const token = await decode(params).catch(() => null);
        const claims = readClaims(token);
        return claims && (await whoIs(claims.login, db)) ? token : null;
      },
      async encode(params) {
        const { token } = params;
        if (token?.login === undefined || token.since === undefined || !token.sub) return encode(params);
        const login = { playerId: token.sub, epoch: token.epoch, loginId: token.login };
        const who = await whoIs(login, db);
        // Never renewed beyond the log-in's year; one second, since nothing else ends a cookie from here.
        const seconds = cookieSeconds(token.since, who?.player.isGuest ?? false, Date.now());
        return encode({ ...params, maxAge: Math.max(1, seconds) });
      },
    },
    callbacks: {
      redirect: ({ url, baseUrl }) => ownPage(url, baseUrl),
      /** Passwords are asked for a ban where they are checked; this is for those who come through another site. */
      async signIn({ user }) {
        const row = await db.user.findUnique({ where: { id: user.id }, select: { bannedAt: true } });
        return row?.bannedAt ? '/login?error=banned' : true;
      },
      async jwt({ token, user }) {
        if (!user) {
          const claims = readClaims(token);
          return claims ? { ...token, ...renewedClaims(claims) } : token;
        }
        // From the database, since an OAuth log-in hands over the provider's idea of the user.
        forgetPlayer(user.id);
        // Noted here for log-ins through other sites, too.
        const row = await db.user.update({ where: { id: user.id }, data: { lastLoginAt: new Date() } });
        const since = Math.floor(Date.now() / 1000);
        return { sub: row.id, epoch: row.sessionEpoch, login: randomUUID(), since };
      },
      async session({ session, token }) {
        const claims = readClaims(token);
        const who = claims && (await whoIs(claims.login, db));
        if (!who) throw new Error('The player is gone.');
        const { playerId: id, playerName: name, role, isGuest } = who.player;
        return { ...session, user: { id, name, role, isGuest } };
      },
    },
    events: {
      /** Logging out ends every copy of the cookie, not only this browser's. */
      async signOut({ token }) {
        const claims = readClaims(token);
        if (claims) await endLogin(db, claims.login);
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
