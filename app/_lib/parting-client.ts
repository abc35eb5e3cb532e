import { createTRPCClient, httpLink } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '@/server/trpc/root';
import { ownOrigin } from './origin';

/** Calls that a page that goes leaves behind: the browser finishes them (up to 64 KiB). */
export const partingClient = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: `${ownOrigin()}/api/trpc`,
      transformer: superjson,
      fetch(input, { signal = null, ...init } = {}) {
        return fetch(input, { ...init, signal, keepalive: true });
      },
    }),
  ],
});
