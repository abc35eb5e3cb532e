import { PrismaAdapter } from '@auth/prisma-adapter';
import type { NextAuthOptions } from 'next-auth';
import type { AdapterAccount } from 'next-auth/adapters';
import { type AccountServices, createOAuthUser } from './accounts';

/**
 * The Prisma adapter as OAuth log-ins need it: everybody chooses a username of their own, a guest's cookie
 * never turns a log-in into a link to the guest, and no token of the provider is kept, since we ask it
 * for nothing after the log-in.
 */
export function oauthAdapter(services: AccountServices): NonNullable<NextAuthOptions['adapter']> {
  const { db } = services;
  return {
    ...PrismaAdapter(db),
    async createUser(profile: { email?: string | null }) {
      const row = await createOAuthUser(db, profile.email ?? null);
      return { id: row.id, name: row.username, email: profile.email ?? '', emailVerified: null };
    },
    async getUser(id: string) {
      const row = await db.user.findUnique({ where: { id } });
      if (!row || row.isGuest) return null;
      return { id: row.id, name: row.username, email: row.email ?? '', emailVerified: row.emailVerified };
    },
    async linkAccount({ userId, type, provider, providerAccountId }: AdapterAccount) {
      await db.account.create({ data: { userId, type, provider, providerAccountId } });
    },
  };
}
