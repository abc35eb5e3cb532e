import { expect, it } from 'vitest';
import { engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import type { SessionEvent } from '../../engine/rollback/session';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { conditionTransport } from './channel';
import { createLatch } from './devices/latch';
import { createJudgeFeed } from './judge-feed';
import { createMatchHost, type MatchEnd } from './match-host';

const FAR = { latencyMs: 80, jitterMs: 10, loss: 0.02 };

/** Two hosts over a bad line in virtual time; both keep their keys. */
function twoHosts() {
  const clock = { nowMs: 0 };
  const queues: [Uint8Array[], Uint8Array[]] = [[], []];
  const seat = (index: 0 | 1) => {
    const random = seededFraction(7 + index);
    const inner: Transport = {
      send: (bytes) => void queues[index].push(bytes.slice()),
      receive: () => queues[index === 0 ? 1 : 0].shift(),
    };
    const keys = createLatch();
    const events: SessionEvent[] = [];
    const told: number[] = [];
    const ends: MatchEnd[] = [];
    const host = createMatchHost({
      terms: {
        ...{ playerIndex: index === 0 ? 1 : 2, characters: [1, 2], seed: 0xdecafbad },
        ...{ delayFrames: 2, engineDigest: engineDigest() },
      },
      transport: conditionTransport(inner, FAR, () => clock.nowMs, random),
      device: { mask: () => keys.mask(clock.nowMs), close: () => undefined },
      feed: createJudgeFeed({
        send: (fromFrame, bytes) => {
          for (let at = 0; at < bytes.length; at += INPUT_BYTES_PER_FRAME)
            told[fromFrame + at / INPUT_BYTES_PER_FRAME] = (bytes[at] ?? 0) | (bytes[at + 2] ?? 0);
          return Promise.resolve({ nextFrame: fromFrame + bytes.length / INPUT_BYTES_PER_FRAME });
        },
        setTimer: () => () => undefined,
      }),
      random: () => Math.floor(random() * 2 ** 32),
      onFrame: () => undefined,
      onEvent: (event) => void events.push(event),
      onOver: (end) => void ends.push(end),
    });
    return { host, keys, events, told, ends };
  };
  const seats = [seat(0), seat(1)] as const;
  const run = async (ms: number) => {
    for (const end = clock.nowMs + ms; clock.nowMs < end; clock.nowMs += 4) {
      for (const { host } of seats) host.tick(clock.nowMs);
      await Promise.resolve();
    }
  };
  const tap = (keys: (typeof seats)[0]['keys'], bit: number) => {
    keys.press(bit, bit, clock.nowMs);
    keys.release(bit);
  };
  return { seats, run, tap };
}

const wordsOf = ({ host }: ReturnType<typeof twoHosts>['seats'][0]) => host.words.slice();

it('SES-14: a pause stands still in both, costs no connection, and what is typed in it counts for nothing', async () => {
  const { seats, run, tap } = twoHosts();
  const [one, two] = seats;
  await run(3_000);
  // The word of the pause comes to one of them later; as long as it does not, that one waits for inputs.
  one.host.hold(true);
  const first = wordsOf(one);
  await run(200);
  two.host.hold(true);
  const frames = seats.map(({ host }) => host.session.frame);
  const second = wordsOf(two);
  for (let second = 0; second < 60; second += 1) {
    tap(one.keys, Input.Light);
    tap(two.keys, Input.Heavy);
    await run(1_000);
  }
  expect(seats.map(({ host }) => host.session.frame)).toEqual(frames);
  expect([wordsOf(one), wordsOf(two)]).toEqual([first, second]);
  tap(one.keys, Input.Special);
  one.host.hold(false);
  await run(150);
  tap(two.keys, Input.Special);
  two.host.hold(false);
  await run(2_000);
  for (const { host, events, told } of seats) {
    expect(host.session.frame).toBeGreaterThan((frames[0] ?? 0) + 90);
    expect(events.map(({ type }) => type).filter((type) => type !== 'delay')).toEqual(['synchronized']);
    expect(told.length).toBeGreaterThan(frames[0] ?? 0);
    expect(told.filter((mask) => mask !== 0)).toEqual([]);
  }
  // And nobody is deaf.
  tap(one.keys, Input.Light);
  await run(500);
  expect(two.told.filter((mask) => mask !== 0)).toEqual([Input.Light]);
});

it('SES-14: a fight that was paused ends alike for both', async () => {
  const { seats, run } = twoHosts();
  const [one, two] = seats;
  one.keys.press('forward', Input.Right, 0);
  for (let turn = 0; turn < 600 && one.ends.length + two.ends.length < 2; turn += 1) {
    one.keys.press('blow', turn % 2 === 0 ? Input.Light : 0, turn * 200);
    if (turn === 20 || turn === 45) {
      one.host.hold(true);
      await run(turn * 3);
      two.host.hold(true);
      await run(1_000);
      two.host.hold(false);
      await run(turn * 2);
      one.host.hold(false);
    }
    await run(200);
  }
  expect(one.ends).toHaveLength(1);
  expect(two.ends).toEqual(one.ends);
  for (const { host } of seats) expect(host.session.metrics.desyncs).toBe(0);
  expect(two.host.session.metrics.rollbacks).toBeGreaterThan(10);
});
