import NextAuth from 'next-auth';
import { answerAuth } from '@/server/auth/auth-handler';
import { authSecret } from '@/server/auth/secrets';
import { accountServices } from '@/server/auth/services';
import { processConfig } from '@/server/config';
import { settleLibraries } from '@/server/environment';

/**
 * next-auth. Its options are made at each request: a build has neither a database nor a secret.
 * Without NEXTAUTH_URL it works at whatever private address it is reached.
 */
async function handler(request: Request, context: { params: Promise<{ nextauth: string[] }> }) {
  const config = processConfig();
  settleLibraries(config.NEXTAUTH_URL);
  const own = { services: accountServices(), secret: authSecret(), config };
  return answerAuth(request, own, (options) => NextAuth(options)(request, context));
}

export { handler as GET, handler as POST };
