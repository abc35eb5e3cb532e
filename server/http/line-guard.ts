import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { AppError } from '../errors';
import { MAX_BATCH } from '../trpc/limits';
import type { Line } from '../trpc/line';
import { linesCut } from './counts';

/** Subscriptions on one line: a page has a handful. */
export const MAX_SUBSCRIPTIONS = 64;
/** Calls that may come at once, and how many a second are given back. */
export const CALLS = { burst: 120, perSecond: 20 };
/** Bytes that wait for a reader before it gets no more events. */
const FULL_BYTES = 64 * 1024;
/** Bytes that wait for a reader before it is cut: answers to calls can't be held back. */
const MAX_WAITING_BYTES = 2 * 1024 * 1024;
/** A reader that takes nothing for this long is gone. Milliseconds. */
const STALLED_MS = 10_000;
const PING_MS = 10_000;
/** A client has this long to answer the close. Milliseconds. */
const CLOSE_MS = 2_000;

type Why = 'slow' | 'silent' | 'calls' | 'login';

/** Close codes of RFC 6455, 7.4.1; 4401 is ours and stands for HTTP's 401. */
const CODES = { slow: 1013, silent: 1001, calls: 1008, login: 4401 } satisfies Record<Why, number>;

/** What one WebSocket of tRPC may cost. */
export interface LineGuard extends Line {
  /**
   * Takes a message of the client apart and counts its calls; ends the line of one who calls too often.
   * @throws {AppError} BAD_REQUEST for a batch of more than `MAX_BATCH` calls
   */
  read(text: string): unknown;
  /** To be asked before something is sent that is not paced. */
  beforeSend(): void;
  /** Ends the line. */
  cut(why: Why): void;
}

function isSubscription(call: unknown): boolean {
  return (
    typeof call === 'object' &&
    call !== null &&
    'method' in call &&
    String(call.method).startsWith('subscription')
  );
}

function nextDrain(socket: Duplex, onStalled: () => void): Promise<void> {
  return new Promise((resolve) => {
    const stalled = setTimeout(onStalled, STALLED_MS);
    const settle = () => {
      clearTimeout(stalled);
      socket.off('drain', settle);
      socket.off('close', settle);
      resolve();
    };
    socket.on('drain', settle);
    socket.on('close', settle);
  });
}

/**
 * @param socket below the WebSocket: it knows what the client has not taken yet
 */
export function guardLine(ws: WebSocket, socket: Duplex): LineGuard {
  let subscriptions = 0;
  let calls: number = CALLS.burst;
  let countedMs = performance.now();
  let isHeard = true;
  /** Settles when the client has taken everything, or is gone. */
  let drained: Promise<void> | undefined;

  function cut(why: Why): void {
    if (ws.readyState !== ws.OPEN) return;
    linesCut.inc({ why });
    ws.close(CODES[why]);
    // A client that reads nothing never hears the close, and one may not want to answer it.
    if (why === 'slow' || why === 'silent') ws.terminate();
    else setTimeout(() => ws.terminate(), CLOSE_MS).unref();
  }

  const pings = setInterval(() => {
    if (!isHeard) return cut('silent');
    isHeard = false;
    ws.ping();
  }, PING_MS);
  const heard = () => {
    isHeard = true;
    // Pings are answered below us, and wait there for a client that reads nothing.
    if (socket.writableLength > MAX_WAITING_BYTES) cut('slow');
  };
  ws.on('pong', heard);
  ws.on('ping', heard);
  ws.on('message', heard);
  ws.once('close', () => clearInterval(pings));

  return {
    cut,
    enter() {
      if (subscriptions >= MAX_SUBSCRIPTIONS)
        throw new AppError(
          'RATE_LIMITED',
          `${subscriptions} subscriptions are open on this line, which is the limit.`,
        );
      subscriptions += 1;
      return () => {
        subscriptions -= 1;
      };
    },
    ready() {
      if (socket.writableLength < FULL_BYTES || socket.destroyed) return Promise.resolve();
      drained ??= nextDrain(socket, () => cut('slow')).finally(() => {
        drained = undefined;
      });
      return drained;
    },
    read(text) {
      // A client that doesn't answer the close is heard for a while; its log-in may have ended.
      if (ws.readyState !== ws.OPEN) throw new AppError('UNAUTHENTICATED', 'This line has ended.');
      const now = performance.now();
      // What can't be read costs a call, too.
      calls = Math.min(CALLS.burst, calls + ((now - countedMs) / 1000) * CALLS.perSecond) - 1;
      countedMs = now;
      if (calls < 0) cut('calls');
      const message: unknown = JSON.parse(text);
      const batch: readonly unknown[] = Array.isArray(message) ? message : [message];
      calls -= Math.max(0, batch.length - 1);
      if (calls < 0) cut('calls');
      if (calls < 0 || batch.filter((call) => !isSubscription(call)).length > MAX_BATCH)
        throw new AppError('BAD_REQUEST', `A batch holds at most ${MAX_BATCH} calls.`);
      return message;
    },
    beforeSend() {
      if (socket.writableLength > MAX_WAITING_BYTES) cut('slow');
    },
  };
}
