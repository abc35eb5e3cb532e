import { describe, expect, it } from 'vitest';
import type { FeedReply } from './judge-feed';
import { createOwnFeed } from './own-feed';

/** A server that answers when the test says. */
function setUp() {
  const calls: { readonly from: number; readonly frames: number; reply(reply: FeedReply): void }[] = [];
  const timers: (() => void)[] = [];
  const feed = createOwnFeed({
    send: (from, inputs) =>
      new Promise((reply) => void calls.push({ from, frames: inputs.length / 2, reply })),
    setTimer(task) {
      timers.push(task);
      return () => undefined;
    },
  });
  const make = (frames: number) => {
    const from = feed.length;
    feed.put(
      from,
      Uint8Array.from({ length: frames * 2 }, (_, at) => from + (at >> 1)),
    );
    feed.pump();
  };
  return { feed, calls, timers, make };
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

describe('JUDGE-8: the own column on its way to the server', () => {
  it('goes in messages of three frames, and in longer ones where answers are late', async () => {
    const { feed, calls, make } = setUp();
    for (let frame = 0; frame < 40; frame += 1) make(1);
    expect(calls.map(({ from, frames }) => [from, frames])).toEqual(
      [0, 3, 6, 9, 12, 15, 18, 21].map((from) => [from, 3]),
    );
    calls[0]?.reply({ nextFrame: 3 });
    await settled();
    feed.pump();
    expect(calls.at(-1)).toMatchObject({ from: 24, frames: 16 });
  });

  it('goes on where the server stands after a gap, a failure, a lost line and a server that forgot', async () => {
    const { feed, calls, timers, make } = setUp();
    make(3);
    make(3);
    calls[0]?.reply('retry');
    await settled();
    expect(timers).toHaveLength(1);
    make(3);
    expect(calls).toHaveLength(2);
    timers[0]?.();
    expect(calls.at(-1)).toMatchObject({ from: 0, frames: 9 });
    // Of before the new start: it says nothing any more.
    calls[1]?.reply({ nextFrame: 0 });
    calls[2]?.reply({ nextFrame: 4 });
    await settled();
    make(3);
    expect(calls.at(-1)).toMatchObject({ from: 4, frames: 8 });
    feed.wake();
    expect(calls.at(-1)).toMatchObject({ from: 4, frames: 8 });
    calls.at(-1)?.reply({ nextFrame: 0 });
    await settled();
    feed.pump();
    expect(calls.at(-1)).toMatchObject({ from: 0, frames: 12 });
    calls.at(-1)?.reply('gone');
    await settled();
    make(30);
    expect(calls.at(-1)).toMatchObject({ from: 0, frames: 12 });
  });

  it('never changes what was told, also by a page before this one', () => {
    const { feed, calls } = setUp();
    feed.adopt(Uint8Array.of(7, 1, 8, 2));
    feed.put(0, Uint8Array.of(9, 9, 9, 9, 5, 3));
    feed.put(9, Uint8Array.of(1, 1));
    expect([feed.at(0), feed.at(1), feed.at(2), feed.at(3)]).toEqual([0x107, 0x208, 0x305, undefined]);
    feed.pump(true);
    expect(calls).toMatchObject([{ from: 2, frames: 1 }]);
  });
});
