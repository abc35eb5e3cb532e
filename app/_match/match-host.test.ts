import { describe, expect, it } from 'vitest';
import { checksum, engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import { isMatchOver } from '../../engine/fighter/outcome';
import { createState } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { SessionEvent } from '../../engine/rollback/session';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { INPUT_BYTES_PER_FRAME } from '../../proto/signaling-limits';
import { conditionTransport, type NetworkConditions } from './channel';
import { createLatch } from './devices/latch';
import { createJudgeFeed, type JudgeFeed } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost } from './match-host';

const NEAR: NetworkConditions = { latencyMs: 5, jitterMs: 2, loss: 0 };
const FAR: NetworkConditions = { latencyMs: 80, jitterMs: 10, loss: 0.02 };
const TERMS = { characters: [1, 2], seed: 0xdecafbad, delayFrames: 2, engineDigest: engineDigest() } as const;

/** Two ends of one line; what one sends the other receives. */
function line(): [Transport, Transport] {
  const queues: [Uint8Array[], Uint8Array[]] = [[], []];
  const end = (own: Uint8Array[], other: Uint8Array[]): Transport => ({
    send: (bytes) => void other.push(bytes.slice()),
    receive: () => own.shift(),
  });
  return [end(queues[0], queues[1]), end(queues[1], queues[0])];
}

/** Somebody who walks at the opponent and presses buttons without much thought. */
function masher(seed: number, toward: number) {
  const random = seededFraction(seed);
  let mask = 0;
  return {
    mask() {
      if (random() < 0.15) {
        const buttons = [Input.Light, Input.Heavy, Input.Special, Input.Throw, 0];
        mask = (random() < 0.7 ? toward : 0) | (buttons[Math.floor(random() * buttons.length)] ?? 0);
      }
      return mask;
    },
    close: () => undefined,
  };
}

interface Seat {
  host: MatchHost;
  feed: JudgeFeed;
  end: MatchEnd | undefined;
  /** Virtual milliseconds from the first tick to the end. */
  lastedMs: number;
  /** What the judge keeps of this seat: the first telling of each frame. */
  readonly fed: Uint8Array;
  toldFrames: number;
  readonly events: SessionEvent[];
}

interface Fight {
  /** What happens to what each seat receives. */
  readonly conditions: readonly [NetworkConditions, NetworkConditions];
  readonly seed: number;
  /** At this virtual time the page of one seat is loaded again, half a second later the two have found each other. */
  readonly reload?: { readonly atMs: number; readonly seat: 0 | 1 };
}

/** Fights a whole match between two hosts in virtual time, 4 ms per tick. */
async function fight({ conditions, seed, reload }: Fight): Promise<[Seat, Seat]> {
  let nowMs = 0;
  const randoms = [seededFraction(seed * 2), seededFraction(seed * 2 + 1)] as const;

  function feedOf(seat: Pick<Seat, 'fed' | 'toldFrames'>): JudgeFeed {
    return createJudgeFeed({
      send: (fromFrame, inputs) => {
        const known = Math.max(0, seat.toldFrames - fromFrame);
        seat.fed.set(
          inputs.subarray(known * INPUT_BYTES_PER_FRAME),
          (fromFrame + known) * INPUT_BYTES_PER_FRAME,
        );
        seat.toldFrames = Math.max(seat.toldFrames, fromFrame + inputs.length / INPUT_BYTES_PER_FRAME);
        return Promise.resolve({ nextFrame: seat.toldFrames });
      },
      setTimer: () => () => undefined,
    });
  }

  /** What is under way when a page goes is lost with it. */
  function cutAtReload(inner: Transport): Transport {
    const isFirst = nowMs === 0;
    return {
      send: (bytes) => inner.send(bytes),
      receive: () => (isFirst && reload && nowMs >= reload.atMs ? undefined : inner.receive()),
    };
  }

  function hostOf(seat: Omit<Seat, 'host'>, index: 0 | 1, transport: Transport): MatchHost {
    return createMatchHost({
      terms: { ...TERMS, playerIndex: index === 0 ? 1 : 2 },
      transport: cutAtReload(conditionTransport(transport, conditions[index], () => nowMs, randoms[index])),
      device: masher(seed + index, index === 0 ? Input.Right : Input.Left),
      feed: seat.feed,
      random: () => Math.floor(randoms[index]() * 2 ** 32),
      onFrame: () => undefined,
      onEvent: (event) => void seat.events.push(event),
      onOver: (end) => {
        seat.end ??= end;
        seat.lastedMs ||= nowMs;
      },
    });
  }

  function sit(index: 0 | 1, transport: Transport): Seat {
    const told = { fed: new Uint8Array(40_000 * INPUT_BYTES_PER_FRAME), toldFrames: 0 };
    const seat = Object.assign(told, { feed: feedOf(told), end: undefined, lastedMs: 0, events: [] });
    return Object.assign(seat, { host: hostOf(seat, index, transport) });
  }

  const ends = line();
  const seats: [Seat, Seat] = [sit(0, ends[0]), sit(1, ends[1])];
  let goneUntilMs = 0;
  let lingerMs = 0;
  while (nowMs < 400_000 && lingerMs < 2_000) {
    nowMs += 4;
    if (reload && nowMs === reload.atMs) goneUntilMs = nowMs + 500;
    if (reload && nowMs === goneUntilMs) meetAgain(reload.seat);
    if (reload?.seat !== 0 || nowMs >= goneUntilMs) seats[0].host.tick(nowMs);
    // The two pages wake at different moments.
    if (nowMs % 12 !== 0 && (reload?.seat !== 1 || nowMs >= goneUntilMs)) seats[1].host.tick(nowMs + 1.5);
    if (seats[0].end && seats[1].end) lingerMs += 4;
    await Promise.resolve();
  }
  return seats;

  /** The one who stayed brings the other what both have, and both go on from there. */
  function meetAgain(back: 0 | 1): void {
    const fresh = line();
    const [stayed, returned] = back === 0 ? [seats[1], seats[0]] : [seats[0], seats[1]];
    stayed.host.settle();
    const history = stayed.feed.log().slice();
    returned.feed = feedOf(returned);
    returned.feed.tail(history.length / INPUT_BYTES_PER_FRAME).set(history);
    returned.feed.commit(history.length / INPUT_BYTES_PER_FRAME);
    seats.forEach((seat, index) => {
      const side = index === 0 ? 0 : 1;
      seat.host = hostOf(seat, side, fresh[side]);
    });
  }
}

/** What the judge would find: the match simulated from the inputs that one browser sent. */
function judge(fed: Uint8Array): MatchEnd {
  const state = createState(TERMS);
  const view = new DataView(fed.buffer);
  let frames = 0;
  for (; !isMatchOver(state) && frames * INPUT_BYTES_PER_FRAME < fed.length; frames += 1) {
    step(
      state,
      view.getUint16(frames * INPUT_BYTES_PER_FRAME, true),
      view.getUint16(frames * INPUT_BYTES_PER_FRAME + 2, true),
    );
  }
  return { frames, checksum: checksum(state) };
}

describe('match host', () => {
  it.each([
    ['a quiet line', { latencyMs: 2, jitterMs: 1, loss: 0 }],
    ['80 ms ± 10 and 2 % loss', { latencyMs: 80, jitterMs: 10, loss: 0.02 }],
    ['100 ms ± 25 and 8 % loss', { latencyMs: 100, jitterMs: 25, loss: 0.08 }],
  ])('two browsers and the judge reach the same end over %s', async (_name, conditions) => {
    const [one, two] = await fight({ conditions: [conditions, conditions], seed: 11 });
    expect(one.end).toBeDefined();
    expect(two.end).toEqual(one.end);
    expect(judge(one.fed)).toEqual(one.end);
    expect(judge(two.fed)).toEqual(one.end);
    for (const { host, events } of [one, two]) {
      expect(host.session.metrics.desyncs).toBe(0);
      expect(events.filter((event) => event.type !== 'synchronized' && event.type !== 'delay')).toEqual([]);
    }
    if (conditions.latencyMs > 40) {
      expect(one.host.session.metrics.rollbacks).toBeGreaterThan(50);
      expect(two.host.session.metrics.rollbacks).toBeGreaterThan(50);
    }
  });

  it.each([0, 1] as const)(
    'PEER-4, JUDGE-2: goes on after the page of player index %i was loaded again, and nobody takes back what the judge was told',
    async (seat) => {
      // Who goes hears the other early and is heard late: much of what they know is still under way.
      const conditions = seat === 0 ? ([NEAR, FAR] as const) : ([FAR, NEAR] as const);
      for (const atMs of [2_000, 7_200, 15_404]) {
        const [one, two] = await fight({ conditions, seed: atMs + seat, reload: { atMs, seat } });
        expect(one.end).toBeDefined();
        expect(two.end).toEqual(one.end);
        expect(judge(one.fed)).toEqual(one.end);
        expect(judge(two.fed)).toEqual(one.end);
        const frames = (one.end?.frames ?? 0) * INPUT_BYTES_PER_FRAME;
        expect(two.fed.subarray(0, frames)).toEqual(one.fed.subarray(0, frames));
        for (const { events } of [one, two])
          expect(events.filter(({ type }) => type === 'synchronized')).toHaveLength(2);
      }
    },
  );

  it('plays at 60 frames a second whatever the line', async () => {
    const [one] = await fight({ conditions: [FAR, FAR], seed: 5 });
    const framesPerSecond = ((one.end?.frames ?? 0) / one.lastedMs) * 1000;
    expect(framesPerSecond).toBeGreaterThan(58.5);
    expect(framesPerSecond).toBeLessThan(60.5);
  });

  it('INPUT-3: what was tapped while the fight was held is no input when it goes on', async () => {
    let nowMs = 0;
    const keys = createLatch();
    const inputs: number[] = [];
    const [here, there] = line();
    const seat = (playerIndex: 1 | 2, transport: Transport, mask: () => number) =>
      createMatchHost({
        terms: { ...TERMS, playerIndex },
        transport,
        device: { mask, close: () => undefined },
        feed: createJudgeFeed({
          send: (fromFrame, bytes) => {
            for (let at = 0; at < bytes.length; at += INPUT_BYTES_PER_FRAME)
              inputs.push((bytes[at] ?? 0) + (bytes[at + 2] ?? 0));
            return Promise.resolve({ nextFrame: fromFrame + bytes.length / INPUT_BYTES_PER_FRAME });
          },
          setTimer: () => () => undefined,
        }),
        random: seededFraction(playerIndex),
        onFrame: () => undefined,
        onEvent: () => undefined,
        onOver: () => undefined,
      });
    const one = seat(1, here, () => keys.mask(nowMs));
    const two = seat(2, there, () => 0);
    const run = async (ms: number) => {
      for (const end = nowMs + ms; nowMs < end; nowMs += 4) {
        one.tick(nowMs);
        two.tick(nowMs);
        await Promise.resolve();
      }
    };
    await run(1_000);
    two.setPaused(true);
    await run(500);
    const held = one.session.frame;
    for (const bit of [Input.Up, Input.Right, Input.Light, Input.Heavy, Input.Special, Input.Throw]) {
      keys.press(bit, bit, nowMs);
      keys.release(bit);
      await run(200);
    }
    // Just before it goes on, so that no age alone would tell.
    keys.press('last', Input.Down, nowMs);
    keys.release('last');
    await run(40);
    expect(one.session.frame).toBe(held);
    two.setPaused(false);
    await run(1_000);
    expect(one.session.frame).toBeGreaterThan(held + 30);
    expect(inputs.length).toBeGreaterThan(held);
    expect(inputs.filter((mask) => mask !== 0)).toEqual([]);
    // And the line is not deaf.
    keys.press('after', Input.Light, nowMs);
    keys.release('after');
    await run(500);
    expect(inputs.filter((mask) => mask !== 0)).toEqual([Input.Light, Input.Light]);
  });

  it('refuses to play by other rules than the server', () => {
    const [transport] = line();
    expect(() =>
      createMatchHost({
        terms: { ...TERMS, playerIndex: 1, engineDigest: '00000000' },
        transport,
        device: masher(1, Input.Right),
        feed: createJudgeFeed({ send: () => Promise.resolve('gone'), setTimer: () => () => undefined }),
        random: () => 1,
        onFrame: () => undefined,
        onEvent: () => undefined,
        onOver: () => undefined,
      }),
    ).toThrow(/reload the page/);
  });
});
