import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '@/server/trpc/root';
import { ownOrigin } from '../_lib/origin';
import type { TellWire } from '../_match/reported-match';

/** A call of its own, which a page that goes leaves behind: the browser finishes it (up to 64 KiB). */
const client = createTRPCClient<AppRouter>({
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

/** Tells the server what happened on the line; what it refuses is not told again. */
export const tellWire: TellWire = async (told) => {
  try {
    await client.match.reportWire.mutate(told);
    return true;
  } catch (error) {
    const status: unknown = error instanceof TRPCClientError ? error.data?.httpStatus : undefined;
    return typeof status === 'number' && status < 500;
  }
};
