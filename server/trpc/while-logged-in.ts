import { TRPCError } from '@trpc/server';
import { loginWatch } from '../auth/login-watch';
import type { SignedIn } from '../auth/players';
import { isStream } from './stream-output';

const endedError = () =>
  new TRPCError({ code: 'UNAUTHORIZED', message: 'This log-in has ended. Log in again.' });

async function* guarded(events: AsyncIterable<unknown>, login: SignedIn): AsyncGenerator<unknown> {
  const iterator = events[Symbol.asyncIterator]();
  let isEnded = false;
  let interrupt = () => {};
  const end = () => {
    isEnded = true;
    interrupt();
  };
  const unwatch = loginWatch().watch(login, end, login.role);
  try {
    for (;;) {
      if (isEnded) throw endedError();
      // Not Promise.race with one lasting promise, which would gather a reaction an event.
      const turn = await new Promise<IteratorResult<unknown>>((resolve, reject) => {
        interrupt = () => reject(endedError());
        iterator.next().then(resolve, reject);
      });
      if (turn.done) return;
      yield turn.value;
    }
  } finally {
    unwatch();
    // Not waited for: a source in the middle of waiting comes back when the request's signal fires.
    iterator.return?.().catch(() => {});
  }
}

/** What a subscription yields, until the log-in ends or its player's role changes: then the stream fails with UNAUTHORIZED. */
export function whileLoggedIn(data: unknown, login: SignedIn): unknown {
  return isStream(data) ? guarded(data, login) : data;
}
