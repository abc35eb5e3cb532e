import { describe, expect, it } from 'vitest';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { createJudgeFeed, type FeedReply, type JudgeFeed } from './judge-feed';

/** A judge in memory that can lose its memory, fail and refuse; replies are delivered when the test says. */
function setUp() {
  const received: number[] = [];
  const calls: { from: number; frames: number; reply: (reply: FeedReply) => void }[] = [];
  const timers: (() => void)[] = [];
  const feed = createJudgeFeed({
    send: (from, inputs) =>
      new Promise((reply) => {
        calls.push({ from, frames: inputs.length / INPUT_BYTES_PER_FRAME, reply });
        for (let f = 0; f < inputs.length / INPUT_BYTES_PER_FRAME; f += 1)
          received[from + f] = inputs[f * INPUT_BYTES_PER_FRAME] ?? -1;
      }),
    setTimer: (task) => {
      timers.push(task);
      return () => undefined;
    },
  });
  return { feed, calls, received, timers };
}

function put(feed: JudgeFeed, frames: number): void {
  const tail = feed.tail(frames);
  for (let f = 0; f < frames; f += 1) tail[f * INPUT_BYTES_PER_FRAME] = (feed.length + f) & 255;
  feed.commit(frames);
  feed.allow(feed.length);
}

const settled = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

describe('judge feed', () => {
  it('keeps one message in flight and goes on where the judge stands', async () => {
    const { feed, calls } = setUp();
    put(feed, 6);
    feed.pump();
    put(feed, 6);
    feed.pump();
    expect(calls.map((c) => [c.from, c.frames])).toEqual([[0, 6]]);
    calls[0]?.reply({ nextFrame: 6 });
    await settled();
    feed.pump();
    expect(calls.map((c) => [c.from, c.frames])).toEqual([
      [0, 6],
      [6, 6],
    ]);
  });

  it('tells a judge that forgot everything the whole match again, in messages of at most 600 frames', async () => {
    const { feed, calls, received } = setUp();
    put(feed, 1500);
    feed.pump();
    for (let i = 0; i < 3; i += 1) {
      const call = calls[i];
      call?.reply({ nextFrame: call.from + call.frames });
      await settled();
      feed.pump();
    }
    expect(feed.isDrained()).toBe(true);
    received.length = 0;
    put(feed, 6);
    feed.pump();
    calls[3]?.reply({ nextFrame: 0 });
    await settled();
    feed.pump();
    for (let i = 4; i < 7; i += 1) {
      const call = calls[i];
      expect(call?.frames).toBeLessThanOrEqual(600);
      call?.reply({ nextFrame: call.from + call.frames });
      await settled();
      feed.pump();
    }
    expect(feed.isDrained()).toBe(true);
    expect(received).toEqual(Array.from({ length: 1506 }, (_, f) => f & 255));
  });

  it('sends again after a failure, and at once when woken', async () => {
    const { feed, calls, timers } = setUp();
    put(feed, 6);
    feed.pump();
    calls[0]?.reply('retry');
    await settled();
    feed.pump();
    expect(calls).toHaveLength(1);
    timers[0]?.();
    expect(calls).toHaveLength(2);
    calls[1]?.reply('retry');
    await settled();
    feed.wake();
    expect(calls).toHaveLength(3);
  });

  it('stops for good when the match takes no more', async () => {
    const { feed, calls } = setUp();
    put(feed, 6);
    feed.pump();
    calls[0]?.reply('gone');
    await settled();
    put(feed, 6);
    feed.pump();
    feed.wake();
    expect(calls).toHaveLength(1);
  });
});
