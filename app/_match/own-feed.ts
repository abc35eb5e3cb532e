import { COLUMN_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../proto/signaling-limits';
import { type FeedReply, MAX_FRAMES } from './judge-feed';

/** Frames to a message when all is well: 50 ms. */
const FRAMES_A_MESSAGE = 3;

/** Messages on their way at most; a line that is slower gets longer ones. */
const MAX_IN_FLIGHT = 8;

/** Pause after a message that failed, before it is sent again. */
const RETRY_MS = 500;

export interface OwnFeedOptions {
  /** Sends frames `fromFrame` and following of the own column; `inputs` is only lent for the call. */
  send(fromFrame: number, inputs: Uint8Array): Promise<FeedReply>;
  readonly setTimer: (task: () => void, delayMs: number) => () => void;
}

/**
 * Tells the server this player's inputs as they are made, and keeps them: what was told once binds, so a session that takes
 * the place of another one has to give the same.
 */
export interface OwnFeed {
  /** Frames made so far, in this page or one before it. */
  readonly length: number;
  /** The column from a frame on, little-endian uint16; lent until the next `put`. */
  from(frame: number): Uint8Array;
  /** The input of a frame that was made; undefined for later ones. */
  at(frame: number): number | undefined;
  /** Takes inputs of frames from `fromFrame` on; those that are there already stay. */
  put(fromFrame: number, inputs: Uint8Array): void;
  /** What the server has from a page before this one. */
  adopt(column: Uint8Array): void;
  /** Sends what is enough for a message; all there is with `isLast`. */
  pump(isLast?: boolean): void;
  /** After a reconnect: what was on its way may be lost. */
  wake(): void;
  close(): void;
}

export function createOwnFeed({ send, setTimer }: OwnFeedOptions): OwnFeed {
  const column = new Uint8Array(MAX_FRAMES * COLUMN_BYTES_PER_FRAME);
  let length = 0;
  let sent = 0;
  let acked = 0;
  let inFlight = 0;
  /** Replies to messages of before the last new start say nothing. */
  let round = 0;
  let isClosed = false;
  let cancelTimer: (() => void) | undefined;

  function startOver(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    round += 1;
    inFlight = 0;
    sent = acked;
  }

  function settle(reply: FeedReply, ofRound: number, until: number): void {
    if (isClosed || ofRound !== round) return;
    inFlight -= 1;
    if (reply === 'gone') isClosed = true;
    else if (reply === 'retry') {
      startOver();
      cancelTimer = setTimer(wake, RETRY_MS);
    } else {
      acked = Math.max(0, Math.min(length, reply.nextFrame));
      // A gap, or a judge that forgot: again from where it stands.
      if (reply.nextFrame < until) startOver();
      if (length - sent >= MAX_INPUT_FRAMES) pump();
    }
  }

  function pump(isLast = false): void {
    const enough = isLast ? 1 : FRAMES_A_MESSAGE;
    while (!isClosed && !cancelTimer && length - sent >= enough && inFlight < MAX_IN_FLIGHT) {
      const from = sent;
      sent = Math.min(length, from + MAX_INPUT_FRAMES);
      inFlight += 1;
      const [ofRound, until] = [round, sent];
      send(from, column.slice(from * COLUMN_BYTES_PER_FRAME, until * COLUMN_BYTES_PER_FRAME)).then(
        (reply) => settle(reply, ofRound, until),
        () => settle('retry', ofRound, until),
      );
    }
  }

  function wake(): void {
    startOver();
    pump();
  }

  return {
    get length() {
      return length;
    },
    from: (frame) => column.subarray(frame * COLUMN_BYTES_PER_FRAME, length * COLUMN_BYTES_PER_FRAME),
    at(frame) {
      if (frame < 0 || frame >= length) return undefined;
      const at = frame * COLUMN_BYTES_PER_FRAME;
      return (column[at] ?? 0) | ((column[at + 1] ?? 0) << 8);
    },
    put(fromFrame, inputs) {
      if (fromFrame > length) return;
      const known = (length - fromFrame) * COLUMN_BYTES_PER_FRAME;
      if (known >= inputs.length) return;
      const fresh = inputs.subarray(known, known + column.length - length * COLUMN_BYTES_PER_FRAME);
      column.set(fresh, length * COLUMN_BYTES_PER_FRAME);
      length += Math.floor(fresh.length / COLUMN_BYTES_PER_FRAME);
    },
    adopt(told) {
      this.put(0, told);
      acked = Math.max(acked, Math.min(length, Math.floor(told.length / COLUMN_BYTES_PER_FRAME)));
      sent = Math.max(sent, acked);
    },
    pump,
    wake,
    close() {
      isClosed = true;
      cancelTimer?.();
    },
  };
}
