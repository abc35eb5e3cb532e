import { describe, expect, it } from 'vitest';
import { createHistoryReader, isCredible, readNewcomer, sendHistory, sendNewcomer } from './handover';
import { columnOf } from './vouching';

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
  const log = (frames: number) => logOf(frames);
  /** What both have told of that fight: so many frames of each. */
  const told = (one: number, two: number) =>
    [columnOf(logOf(900), 1, one), columnOf(logOf(900), 2, two)] as const;

  it('is believed as far as this player may have fought since the server was last told', () => {
    expect(isCredible(log(0), told(0, 0), 1)).toBe(true);
    expect(isCredible(log(700), told(700, 700), 1)).toBe(true);
    expect(isCredible(log(820), told(700, 820), 1)).toBe(true);
    // The rest of the fight as the opponent would have liked it.
    expect(isCredible(log(821), told(700, 821), 1)).toBe(false);
    expect(isCredible(log(30_000), told(700, 700), 2)).toBe(false);
    // What is judged can't be fought again.
    expect(isCredible(log(699), told(700, 710), 1)).toBe(false);
    expect(isCredible(log(700), told(710, 700), 1)).toBe(true);
  });

  it('PEER-8: says nothing else than the server, of neither player', () => {
    for (const at of [0, 2, 699 * 4, 699 * 4 + 3]) {
      const other = log(720);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(isCredible(other, told(700, 700), 1)).toBe(false);
    }
  });
});

it('PEER-13: a page that is new says so, and nothing else is taken for it', () => {
  const sent: ArrayBuffer[] = [];
  sendNewcomer({ send: (data: unknown) => void (data instanceof ArrayBuffer && sent.push(data)) }, 712);
  expect(sent.map(readNewcomer)).toEqual([712]);
  expect(carry(logOf(3)).map(readNewcomer)).toEqual([undefined, undefined]);
  expect(readNewcomer(new ArrayBuffer(8))).toBeUndefined();
  expect(createHistoryReader()(sent[0] ?? new ArrayBuffer(0))).toBeUndefined();
});
