import NextAuth from 'next-auth';
import { createAuthOptions } from '@/server/auth/auth-options';
import { authSecret } from '@/server/auth/secrets';
import { accountServices } from '@/server/auth/services';
import { processConfig } from '@/server/auth/settings';

/**
 * next-auth. Its options are made at the first request: a build has neither a database nor a secret.
 * Without NEXTAUTH_URL it works at whatever address it is reached.
 */
async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  process.env.AUTH_TRUST_HOST ??= 'true';
  return NextAuth(createAuthOptions(accountServices(), authSecret(), processConfig()))(request, context);
}

export { handler as GET, handler as POST };
