import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { MAX_FRAMES } from './judge-feed';

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

/** What can have been fought and not told yet, when a page was loaded again: two seconds. */
const UNTOLD_FRAMES = 120;

/**
 * Whether a history can be the fight that was on here. What it holds goes to the judge as this player's own telling, so it
 * must not go far beyond what this player's pages have told before: the rest could be the opponent's invention.
 * @param toldFrames frames that the judge has from this player
 */
export function isCredible(history: Uint8Array, toldFrames: number): boolean {
  const frames = history.length / INPUT_BYTES_PER_FRAME;
  return frames >= toldFrames && frames <= toldFrames + UNTOLD_FRAMES;
}
