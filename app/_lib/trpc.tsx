'use client';

import { httpBatchLink, splitLink } from '@trpc/client';
import { createTRPCNext } from '@trpc/next';
import type { ReactNode } from 'react';
import superjson from 'superjson';
import type { AppRouter } from '@/server/trpc/root';
import { liveLink } from './live-link';
import { ownOrigin } from './origin';

/** The typed client: `trpc.match.list.useQuery()`, `trpc.match.stateStream.useSubscription(…)`. */
export const trpc = createTRPCNext<AppRouter>({
  transformer: superjson,
  config() {
    const url = `${ownOrigin()}/api/trpc`;
    return {
      links: [
        splitLink({
          condition: (operation) => operation.type === 'subscription',
          true: liveLink({ url }),
          // The server takes no more in one batch.
          false: httpBatchLink({ url, transformer: superjson, maxItems: 20 }),
        }),
      ],
      queryClientConfig: {
        defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: true } },
      },
    };
  },
});

function Children({ children }: { children: ReactNode }) {
  return children;
}

const WithClients = trpc.withTRPC(Children);

/** Gives the pages one query client and one tRPC client. */
export function TrpcProvider(props: { children: ReactNode }) {
  // withTRPC passes every prop on, but its type knows of none: the key is what the two have in common.
  return <WithClients key="trpc" {...props} />;
}
