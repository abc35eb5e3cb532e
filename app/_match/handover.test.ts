import { describe, expect, it } from 'vitest';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { createHistoryReader, isCredible, sendHistory } from './handover';

/** What goes over a channel, and comes out at the other end. */
function carry(log: Uint8Array): ArrayBuffer[] {
  const messages: ArrayBuffer[] = [];
  const channel = {
    send(data: unknown) {
      if (data instanceof ArrayBuffer) messages.push(data);
      else if (data instanceof Uint8Array) messages.push(data.slice().buffer);
    },
  };
  sendHistory(channel, log);
  return messages;
}

const logOf = (frames: number) => Uint8Array.from({ length: frames * 4 }, (_, at) => (at * 31) & 255);

// PEER-3
describe('the frames fought so far', () => {
  it.each([0, 1, 4_096, 4_097, 30_000])('arrive whole: %i of them', (frames) => {
    const read = createHistoryReader();
    const results = carry(logOf(frames)).map(read);
    expect(results.at(-1)).toEqual(logOf(frames));
    expect(results.slice(0, -1).every((result) => result === undefined)).toBe(true);
  });

  it('are never more than a match can have, nor more than was announced', () => {
    const head = new DataView(new ArrayBuffer(4));
    head.setUint32(0, 30_001, true);
    expect(createHistoryReader()(head.buffer)).toBeUndefined();
    const read = createHistoryReader();
    const [first] = carry(logOf(2));
    if (!first) throw new Error('there is a head');
    expect(read(first)).toBeUndefined();
    expect(read(new ArrayBuffer(9))).toBeUndefined();
    expect(read(new ArrayBuffer(8))).toEqual(new Uint8Array(8));
  });
});

describe('PEER-3: a history', () => {
  it('is believed as far as this player may have fought since the judge was last told', () => {
    const frames = (count: number) => new Uint8Array(count * INPUT_BYTES_PER_FRAME);
    expect(isCredible(frames(0), 0)).toBe(true);
    expect(isCredible(frames(700), 700)).toBe(true);
    expect(isCredible(frames(820), 700)).toBe(true);
    // The rest of the fight as the opponent would have liked it.
    expect(isCredible(frames(821), 700)).toBe(false);
    expect(isCredible(frames(30_000), 700)).toBe(false);
    expect(isCredible(frames(699), 700)).toBe(false);
  });
});
