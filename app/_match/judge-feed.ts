import { INPUT_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../proto/signaling-limits';

/** Longest match that is kept: well above three rounds of 99 seconds with their introductions. */
export const MAX_FRAMES = 30_000;

/** Pause after a message that failed, before it is sent again. */
const RETRY_MS = 1_000;

/** What came of sending inputs. `gone` means that the match takes no more. */
export type FeedReply = { readonly nextFrame: number } | 'retry' | 'gone';

export interface JudgeFeedOptions {
  /** Sends frames `fromFrame` and following; `inputs` is only lent for the call. */
  send(fromFrame: number, inputs: Uint8Array): Promise<FeedReply>;
  readonly setTimer: (task: () => void, delayMs: number) => () => void;
}

/**
 * Brings confirmed inputs to the judge: in order, one message in flight, and from wherever the judge says it
 * stands. The whole match is kept, so that a judge which lost everything can be told everything again.
 */
export interface JudgeFeed {
  /** Frames put in so far. */
  readonly length: number;
  /** Where the next frames are to be written, `frames` of them; then call `commit`. Empty when full. */
  tail(frames: number): Uint8Array;
  commit(frames: number): void;
  /** All frames put in so far, one after the other; lent until the next `commit`. */
  log(): Uint8Array;
  /** Lets the judge be told up to this frame, exclusive. What is told binds, so it must be what the opponent has, too. */
  allow(untilFrame: number): void;
  /** Sends what the judge lacks and may be told, unless a message is on its way. */
  pump(): void;
  /** Begins anew with these frames, which the judge has of both: whatever was put in after them is to be put in again. */
  restart(log: Uint8Array): void;
  /** After a reconnect: asks again at once instead of waiting for the retry. */
  wake(): void;
  /** True when the judge has acknowledged every frame put in. */
  isDrained(): boolean;
  close(): void;
}

export function createJudgeFeed(options: JudgeFeedOptions): JudgeFeed {
  const log = new Uint8Array(MAX_FRAMES * INPUT_BYTES_PER_FRAME);
  let length = 0;
  let acked = 0;
  let allowed = 0;
  let busy = false;
  let closed = false;
  let cancelTimer: (() => void) | undefined;

  function settle(reply: FeedReply): void {
    busy = false;
    if (closed) return;
    if (reply === 'gone') closed = true;
    else if (reply === 'retry') cancelTimer = options.setTimer(wake, RETRY_MS);
    else {
      acked = Math.max(0, Math.min(length, reply.nextFrame));
      if (tellable() - acked >= MAX_INPUT_FRAMES) pump();
    }
  }

  function tellable(): number {
    return Math.min(allowed, length);
  }

  function pump(): void {
    if (busy || closed || cancelTimer || acked >= tellable()) return;
    busy = true;
    const frames = Math.min(tellable() - acked, MAX_INPUT_FRAMES);
    const inputs = log.subarray(acked * INPUT_BYTES_PER_FRAME, (acked + frames) * INPUT_BYTES_PER_FRAME);
    options.send(acked, inputs).then(settle, () => settle('retry'));
  }

  function wake(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    pump();
  }

  return {
    get length() {
      return length;
    },
    tail(frames) {
      const end = Math.min(MAX_FRAMES, length + frames);
      return log.subarray(length * INPUT_BYTES_PER_FRAME, end * INPUT_BYTES_PER_FRAME);
    },
    commit(frames) {
      length = Math.min(MAX_FRAMES, length + frames);
    },
    log: () => log.subarray(0, length * INPUT_BYTES_PER_FRAME),
    allow(untilFrame) {
      allowed = Math.max(allowed, untilFrame);
    },
    pump,
    restart(judged) {
      log.set(judged.subarray(0, log.length));
      length = Math.min(MAX_FRAMES, judged.length / INPUT_BYTES_PER_FRAME);
      allowed = length;
      acked = Math.min(acked, length);
    },
    wake,
    isDrained: () => acked >= length,
    close() {
      closed = true;
      cancelTimer?.();
    },
  };
}
