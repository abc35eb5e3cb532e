import { httpSubscriptionLink, type Operation, TRPCClientError, type TRPCLink, wsLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import superjson from 'superjson';
import type { AppRouter } from '@/server/trpc/root';
import { createLiveLine, type Line, type LiveLine, retryDelayMs } from './live-line';

interface LiveLinkOptions {
  /** Of tRPC, with `http:` or `https:`. */
  readonly url: string;
  /** Told of the line as it is made, for the first subscription. */
  readonly onLine?: (line: LiveLine) => void;
}

/** Codes of a server that is away or restarting rather than refusing. */
const PASSING: ReadonlySet<string> = new Set([
  'BAD_GATEWAY',
  'SERVICE_UNAVAILABLE',
  'GATEWAY_TIMEOUT',
  'INTERNAL_SERVER_ERROR',
]);

/** Whether what failed was the way to the server, or the server for a moment, rather than the request. */
function isPassing(error: TRPCClientError<AppRouter>): boolean {
  const code = error.data?.code;
  return code === undefined || PASSING.has(code);
}

/** Ids of what is asked again. On one line they must differ from each other, and from those that the client gives. */
let nextId = 1_000_000_000;

function withLastEventId(input: unknown, lastEventId: string | undefined): unknown {
  return lastEventId === undefined ? input : { ...(typeof input === 'object' ? input : {}), lastEventId };
}

/**
 * Subscriptions that come back by themselves, from the last event on: over the page's one WebSocket, or each over a
 * request of its own (server-sent events) where no WebSocket can be opened. A browser's EventSource does not try
 * again once somebody between answers 502, so it is never left to try.
 */
export function liveLink({ url, onLine }: LiveLinkOptions): TRPCLink<AppRouter> {
  return (runtime) => {
    const overHttp = httpSubscriptionLink({ url, transformer: superjson })(runtime);
    let lines: LiveLine | undefined;
    const overLines = new WeakMap<Line, ReturnType<TRPCLink<AppRouter>>>();
    /** Not before somebody subscribes: while pages are rendered on the server there are no WebSockets. */
    function liveLine(): LiveLine {
      if (lines) return lines;
      const created = createLiveLine(url);
      if (typeof window !== 'undefined') window.addEventListener('online', created.tryAgain);
      onLine?.(created);
      lines = created;
      return created;
    }
    function over(line: Line | undefined) {
      if (!line) return overHttp;
      const known =
        overLines.get(line) ?? wsLink<AppRouter>({ client: line, transformer: superjson })(runtime);
      overLines.set(line, known);
      return known;
    }

    return ({ op, next }) =>
      observable((observer) => {
        const lines = liveLine();
        let lastEventId: string | undefined;
        let attempt = 0;
        let timer: ReturnType<typeof setTimeout> | undefined;
        /** The try that counts; what an earlier one still says is void. */
        let current: { readonly line: Line | undefined; leave?: () => void } | undefined;

        function leave(): void {
          const left = current;
          current = undefined;
          left?.leave?.();
        }
        function connect(): void {
          leave();
          const own: typeof current = { line: lines.take() };
          current = own;
          const again: Operation = { ...op, id: nextId++, input: withLastEventId(op.input, lastEventId) };
          const subscription = over(own.line)({ op: again, next }).subscribe({
            next(envelope) {
              if (current !== own) return;
              const { result } = envelope;
              if (result.type === 'state') {
                // An idle line is not the end of what is asked of it.
                if (result.state === 'idle') return;
                if (result.state === 'connecting' && result.error)
                  return own.line ? undefined : lost(result.error);
              } else attempt = 0;
              if ('id' in result && typeof result.id === 'string') lastEventId = result.id;
              observer.next(envelope);
            },
            error(error) {
              if (current !== own) return;
              if (isPassing(error)) lost(error);
              else observer.error(error);
            },
            complete() {
              if (current === own) observer.complete();
            },
          });
          if (current === own) own.leave = () => subscription.unsubscribe();
          else subscription.unsubscribe();
        }
        function lost(error: TRPCClientError<AppRouter>): void {
          const wasOverHttp = current?.line === undefined;
          leave();
          timer = setTimeout(connect, retryDelayMs(attempt));
          attempt += 1;
          observer.next({ result: { type: 'state', state: 'connecting', error } });
          if (wasOverHttp) lines.otherFailed();
        }
        const stopListening = [
          lines.onEnd((line) => {
            if (current?.line === line) lost(new TRPCClientError('The line to the server was lost.'));
          }),
          lines.onUsable(() => {
            if (current && !current.line) connect();
          }),
        ];
        connect();
        return () => {
          for (const stop of stopListening) stop();
          clearTimeout(timer);
          leave();
        };
      });
  };
}
