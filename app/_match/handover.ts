import { COLUMN_BYTES_PER_FRAME, INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { MAX_FRAMES } from './judge-feed';
import { columnOf } from './vouching';

/** What every browser takes in one message of a data channel. */
const CHUNK_BYTES = 16 * 1024;

/**
 * Brings the opponent, whose page knows nothing any more, the frames fought so far: their number as a uint32 (little-endian),
 * then their inputs as the judge gets them, in pieces.
 * @param channel reliable and ordered, open.
 */
export function sendHistory(channel: Pick<RTCDataChannel, 'send'>, log: Uint8Array): void {
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, log.length / INPUT_BYTES_PER_FRAME, true);
  channel.send(head.buffer);
  for (let from = 0; from < log.length; from += CHUNK_BYTES)
    channel.send(log.slice(from, from + CHUNK_BYTES));
}

/** Collects what `sendHistory` sends. Returns the inputs once they are complete; a sender that breaks the form is ignored. */
export function createHistoryReader(): (message: ArrayBuffer) => Uint8Array | undefined {
  let log: Uint8Array | undefined;
  let got = 0;
  return (message) => {
    if (log === undefined) {
      if (message.byteLength !== 4) return undefined;
      const frames = new DataView(message).getUint32(0, true);
      if (frames > MAX_FRAMES) return undefined;
      log = new Uint8Array(frames * INPUT_BYTES_PER_FRAME);
    } else {
      if (got + message.byteLength > log.length) return undefined;
      log.set(new Uint8Array(message), got);
      got += message.byteLength;
    }
    return got === log.length ? log : undefined;
  };
}

/** Stands where a history would have its number of frames. */
const NEWCOMER = 0xffffffff;

/** PEER-13: says that this page is new, too, and up to which frame the server told it both players' inputs. */
export function sendNewcomer(channel: Pick<RTCDataChannel, 'send'>, base: number): void {
  const message = new DataView(new ArrayBuffer(8));
  message.setUint32(0, NEWCOMER, true);
  message.setUint32(4, base, true);
  channel.send(message.buffer);
}

/** @returns the base of another new page, or undefined when the message is something else. */
export function readNewcomer(message: ArrayBuffer): number | undefined {
  if (message.byteLength !== 8) return undefined;
  const view = new DataView(message);
  return view.getUint32(0, true) === NEWCOMER ? view.getUint32(4, true) : undefined;
}

/** What can have been fought and not told yet, when a page was loaded again: two seconds. */
const UNTOLD_FRAMES = 120;

/**
 * Whether a history can be the fight that was on here: it says nothing else than the server, leaves out nothing that is judged,
 * and goes not far beyond what this player's pages have told. It goes to the judge as this player's own telling, and the rest
 * could be the opponent's invention.
 * @param columns what both have told the server
 */
export function isCredible(
  history: Uint8Array,
  columns: readonly [Uint8Array, Uint8Array],
  playerIndex: 1 | 2,
): boolean {
  const frames = history.length / INPUT_BYTES_PER_FRAME;
  const told = columns.map((column) => column.length / COLUMN_BYTES_PER_FRAME);
  if (frames < Math.min(...told) || frames > (told[playerIndex - 1] ?? 0) + UNTOLD_FRAMES) return false;
  return columns.every((column, player) => {
    const common = Math.min(frames, column.length / COLUMN_BYTES_PER_FRAME);
    const brought = columnOf(history, player === 0 ? 1 : 2, common);
    return brought.every((byte, at) => byte === column[at]);
  });
}
