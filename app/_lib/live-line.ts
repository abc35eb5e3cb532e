import { createWSClient, type TRPCWebSocketClient } from '@trpc/client';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
/** A line that nobody uses is kept this long, for the next page. */
const IDLE_MS = 10_000;
/** After so many vain tries the other way is tried: at once where no line ever opened, since many networks allow none. */
const MISSES = { never: 1, before: 5 };
/** How long until a line is tried again where none opens; doubled each time. */
const FIRST_PROBE_MS = 10_000;
const LAST_PROBE_MS = 600_000;

/** How long to wait before the n-th try, from 0: longer each time, at most 5 s, and not everybody at once. Milliseconds. */
export function retryDelayMs(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempt, LAST_RETRY_MS) * (0.5 + Math.random() / 2);
}

/** One WebSocket, from its opening to its end. */
export type Line = TRPCWebSocketClient;

/** The WebSocket that all subscriptions of a page share, one after the other as they break. */
export interface LiveLine {
  /** The line to subscribe over, opened if there is none; undefined where each should have a request of its own. */
  take(): Line | undefined;
  /** Told of the end of a line, before it ends the subscriptions that are still on it; what is returned stops listening. */
  onEnd(listener: (line: Line) => void): () => void;
  /** Told when lines can be had again. */
  onUsable(listener: () => void): () => void;
  /** The other way failed too: then it is not that no line can be had. */
  otherFailed(): void;
  /** Tries again now where no line can be had, as when the network is back. */
  tryAgain(): void;
  close(): void;
}

function listeners<A extends unknown[]>() {
  const all = new Set<(...args: A) => void>();
  return {
    add(listener: (...args: A) => void) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell(...args: A) {
      for (const listener of [...all]) listener(...args);
    },
  };
}

/** @param url of tRPC, with `http:` or `https:` */
export function createLiveLine(url: string): LiveLine {
  const wsUrl = url.replace(/^http/, 'ws');
  const ends = listeners<[Line]>();
  const usable = listeners<[]>();
  let line: Line | undefined;
  let hasOpened = false;
  let isUsable = true;
  let misses = 0;
  let probeMs = FIRST_PROBE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): Line {
    let isOpen = false;
    const opened = createWSClient({
      url: wsUrl,
      lazy: { enabled: true, closeMs: IDLE_MS },
      keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
      onOpen() {
        isOpen = true;
        hasOpened = true;
        misses = 0;
      },
      onClose() {
        if (line === opened) line = undefined;
        if (!isOpen) misses += 1;
        if (isUsable && misses >= (hasOpened ? MISSES.before : MISSES.never)) giveUp();
        ends.tell(opened);
        // It would come back by itself; whoever needs a line takes another one.
        void opened.close();
      },
    });
    return opened;
  }
  function giveUp(): void {
    isUsable = false;
    timer = setTimeout(probe, probeMs);
  }
  function recover(): void {
    isUsable = true;
    clearTimeout(timer);
    usable.tell();
  }
  function probe(): void {
    const socket = new WebSocket(wsUrl);
    socket.onopen = () => {
      probeMs = FIRST_PROBE_MS;
      misses = 0;
      recover();
      socket.close();
    };
    socket.onerror = () => {
      probeMs = Math.min(2 * probeMs, LAST_PROBE_MS);
      timer = setTimeout(probe, probeMs);
    };
  }

  return {
    take() {
      if (!isUsable) return undefined;
      line ??= open();
      return line;
    },
    onEnd: ends.add,
    onUsable: usable.add,
    otherFailed() {
      if (isUsable || !hasOpened) return;
      misses = MISSES.before - 2;
      recover();
    },
    tryAgain() {
      if (isUsable) return;
      clearTimeout(timer);
      probe();
    },
    close() {
      clearTimeout(timer);
      void line?.close();
    },
  };
}
