import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '@/server/trpc/root';
import { ownOrigin } from '../_lib/origin';

/** A fresh short-lived token for a signaling server that our cookie doesn't reach. */
export async function requestSignalToken(): Promise<string> {
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${ownOrigin()}/api/trpc`, transformer: superjson })],
  });
  const { token } = await client.account.signalToken.mutate();
  return token;
}
