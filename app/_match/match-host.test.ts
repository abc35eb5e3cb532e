import { describe, expect, it } from 'vitest';
import { checksum, engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import { isMatchOver } from '../../engine/fighter/outcome';
import { createState } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import type { SessionEvent } from '../../engine/rollback/session';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { conditionTransport, type NetworkConditions } from './channel';
import { createLatch } from './devices/latch';
import { createJudgeFeed, FRAME_BYTES } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost } from './match-host';

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
  end: MatchEnd | undefined;
  /** Virtual milliseconds from the first tick to the end. */
  lastedMs: number;
  fed: Uint8Array;
  events: SessionEvent[];
}

/** Fights a whole match between two hosts in virtual time, 4 ms per tick. */
async function fight(conditions: NetworkConditions, seed: number): Promise<[Seat, Seat]> {
  let nowMs = 0;
  const ends = line();
  const seats = ends.map((transport, index): Seat => {
    const seat: Partial<Seat> = { fed: new Uint8Array(40_000 * FRAME_BYTES), events: [] };
    const random = seededFraction(seed * 2 + index);
    seat.host = createMatchHost({
      terms: { ...TERMS, playerIndex: index === 0 ? 1 : 2 },
      transport: conditionTransport(transport, conditions, () => nowMs, random),
      device: masher(seed + index, index === 0 ? Input.Right : Input.Left),
      feed: createJudgeFeed({
        send: (fromFrame, inputs) => {
          seat.fed?.set(inputs, fromFrame * FRAME_BYTES);
          return Promise.resolve({ nextFrame: fromFrame + inputs.length / FRAME_BYTES });
        },
        setTimer: () => () => undefined,
      }),
      random: () => Math.floor(random() * 2 ** 32),
      onFrame: () => undefined,
      onEvent: (event) => void seat.events?.push(event),
      onOver: (end) => {
        seat.end = end;
        seat.lastedMs = nowMs;
      },
    });
    return seat as Seat;
  });
  const [one, two] = seats;
  if (!one || !two) throw new Error('a fight needs two');
  let lingerMs = 0;
  while (nowMs < 400_000 && lingerMs < 1_000) {
    nowMs += 4;
    one.host.tick(nowMs);
    // The two pages wake at different moments.
    if (nowMs % 12 !== 0) two.host.tick(nowMs + 1.5);
    if (one.end && two.end) lingerMs += 4;
    await Promise.resolve();
  }
  return [one, two];
}

/** What the judge would find: the match simulated from the inputs that one browser sent. */
function judge(fed: Uint8Array): MatchEnd {
  const state = createState(TERMS);
  const view = new DataView(fed.buffer);
  let frames = 0;
  for (; !isMatchOver(state) && frames * FRAME_BYTES < fed.length; frames += 1) {
    step(state, view.getUint16(frames * FRAME_BYTES, true), view.getUint16(frames * FRAME_BYTES + 2, true));
  }
  return { frames, checksum: checksum(state) };
}

describe('match host', () => {
  it.each([
    ['a quiet line', { latencyMs: 2, jitterMs: 1, loss: 0 }],
    ['80 ms ± 10 and 2 % loss', { latencyMs: 80, jitterMs: 10, loss: 0.02 }],
    ['100 ms ± 25 and 8 % loss', { latencyMs: 100, jitterMs: 25, loss: 0.08 }],
  ])('two browsers and the judge reach the same end over %s', async (_name, conditions) => {
    const [one, two] = await fight(conditions, 11);
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

  it('plays at 60 frames per second whatever the line', async () => {
    const [one] = await fight({ latencyMs: 80, jitterMs: 10, loss: 0.02 }, 5);
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
            for (let at = 0; at < bytes.length; at += FRAME_BYTES)
              inputs.push((bytes[at] ?? 0) + (bytes[at + 2] ?? 0));
            return Promise.resolve({ nextFrame: fromFrame + bytes.length / FRAME_BYTES });
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
