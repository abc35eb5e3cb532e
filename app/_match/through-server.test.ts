import { describe, expect, it } from 'vitest';
import { checksum, engineDigest } from '../../engine/fighter/checksum';
import { Input } from '../../engine/fighter/inputs';
import { isMatchOver } from '../../engine/fighter/outcome';
import { createState } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { seededFraction } from '../../engine/rollback/testing/random';
import type { Transport } from '../../engine/rollback/types';
import { createJudgeFeed, type JudgeFeed, MAX_FRAMES } from './judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost } from './match-host';
import { createOpponentColumn, type OpponentColumn } from './opponent-column';
import { createOwnFeed, type OwnFeed } from './own-feed';
import { rowsOf } from './vouching';

const TERMS = { characters: [1, 2], seed: 0xfeed, delayFrames: 2, engineDigest: engineDigest() } as const;
const NOWHERE: Transport = { send: () => undefined, receive: () => undefined };

interface Seat {
  host: MatchHost;
  readonly own: OwnFeed;
  readonly feed: JudgeFeed;
  /** What the server has of this player. */
  readonly column: Uint8Array;
  told: number;
  end: MatchEnd | undefined;
  readonly device: { mask(): number; close(): void };
}

/** A line that loses and delays until it is cut. */
function line(now: () => number, isCut: () => boolean): [Transport, Transport] {
  const boxes: { dueMs: number; bytes: Uint8Array }[][] = [[], []];
  const end = (own: number): Transport => ({
    send(bytes) {
      if (!isCut()) boxes[1 - own]?.push({ dueMs: now() + 40, bytes: bytes.slice() });
    },
    receive() {
      const [first] = boxes[own] ?? [];
      return first && first.dueMs <= now() ? boxes[own]?.shift()?.bytes : undefined;
    },
  });
  return [end(0), end(1)];
}

/**
 * Fights a match in virtual time. The path is cut, and later the two go on after `base` by what the server passes on alone.
 * @param lateMs how long what the server passes on is under way
 */
async function fightThroughServer(seed: number, cutAtMs: number, lateMs: number) {
  let nowMs = 0;
  const ends = line(
    () => nowMs,
    () => nowMs >= cutAtMs,
  );
  const stories: string[] = [];
  const passing: {
    readonly to: 0 | 1;
    readonly atMs: number;
    readonly from: number;
    readonly inputs: Uint8Array;
  }[] = [];
  const opponents: [OpponentColumn | undefined, OpponentColumn | undefined] = [undefined, undefined];

  const seats = ([0, 1] as const).map((index): Seat => {
    const random = seededFraction(seed + index);
    let mask = 0;
    const column = new Uint8Array(MAX_FRAMES * 2);
    const seat = { told: 0, column };
    const own = createOwnFeed({
      send(from, inputs) {
        for (let at = 0; at < inputs.length; at += 1) {
          const place = from * 2 + at;
          if (place < seat.told * 2 && column[place] !== inputs[at])
            stories.push(`${index} at ${place >> 1}`);
        }
        if (from <= seat.told) {
          const skip = (seat.told - from) * 2;
          column.set(inputs.subarray(skip), seat.told * 2);
          seat.told = Math.max(seat.told, from + inputs.length / 2);
          passing.push({ to: index === 0 ? 1 : 0, atMs: nowMs + lateMs, from, inputs: inputs.slice() });
        }
        return Promise.resolve({ nextFrame: seat.told });
      },
      setTimer: () => () => undefined,
    });
    const feed = createJudgeFeed({
      send: (from, inputs) => Promise.resolve({ nextFrame: from + inputs.length / 4 }),
      setTimer: () => () => undefined,
    });
    const device = {
      mask() {
        if (random() < 0.15) {
          const buttons = [Input.Light, Input.Heavy, Input.Special, Input.Throw, 0];
          const toward = index === 0 ? Input.Right : Input.Left;
          mask = (random() < 0.7 ? toward : 0) | (buttons[Math.floor(random() * buttons.length)] ?? 0);
        }
        return mask;
      },
      close: () => undefined,
    };
    return Object.assign(seat, { own, feed, device, end: undefined, host: open(index, own, feed, device) });
  });

  function open(index: 0 | 1, own: OwnFeed, feed: JudgeFeed, device: Seat['device']): MatchHost {
    const opponent = opponents[index];
    return createMatchHost({
      terms: { ...TERMS, playerIndex: index === 0 ? 1 : 2 },
      transport: opponent ? NOWHERE : ends[index],
      ...{ device, feed, own },
      ...(opponent ? { opponent } : {}),
      random: () => seed * 2 + index + nowMs,
      onFrame: () => undefined,
      onEvent: () => undefined,
      onOver(end) {
        const seat = seats[index];
        if (seat) seat.end ??= end;
      },
    });
  }

  const [one, two] = seats;
  if (!one || !two) throw new Error('there are two');
  let base = 0;
  let given = 0;
  for (; nowMs < 400_000 && !(one.end && two.end); nowMs += 4) {
    if (nowMs === cutAtMs + 4_800) {
      base = Math.min(one.told, two.told);
      given = Math.max(one.own.length, two.own.length) - base;
      const columns = [one.column.slice(0, one.told * 2), two.column.slice(0, two.told * 2)] as const;
      passing.length = 0;
      for (const index of [0, 1] as const) {
        const seat = index === 0 ? one : two;
        seat.host.settle();
        seat.feed.restart(rowsOf(columns, base));
        opponents[index] = createOpponentColumn(columns[1 - index] ?? new Uint8Array(0));
        seat.host = open(index, seat.own, seat.feed, seat.device);
      }
    }
    while (passing[0] && passing[0].atMs <= nowMs) {
      const part = passing.shift();
      if (part) opponents[part.to]?.take(part.from, part.inputs);
    }
    one.host.tick(nowMs);
    if (nowMs % 12 !== 0) two.host.tick(nowMs + 1.5);
    await Promise.resolve();
  }
  return { one, two, base, given, stories };
}

/** What the judge would find: the match simulated from what each player told of their own. */
function judge({ column: one }: Seat, { column: two }: Seat): MatchEnd {
  const state = createState(TERMS);
  const at = (column: Uint8Array, frame: number) =>
    (column[frame * 2] ?? 0) | ((column[frame * 2 + 1] ?? 0) << 8);
  let frames = 0;
  for (; !isMatchOver(state) && frames < MAX_FRAMES; frames += 1)
    step(state, at(one, frames), at(two, frames));
  return { frames, checksum: checksum(state) };
}

describe('a fight whose path is cut', () => {
  it.each([
    [3, 4_000, 20],
    [8, 9_012, 60],
    [21, 15_400, 120],
  ])(
    'PEER-9, JUDGE-8: goes on by the server’s word alone, and nobody tells two stories (seed %i, cut at %i ms, %i ms late)',
    async (seed, cutAtMs, lateMs) => {
      const { one, two, base, given, stories } = await fightThroughServer(seed, cutAtMs, lateMs);
      expect(stories).toEqual([]);
      expect(base).toBeGreaterThan(100);
      // Somebody had told frames that the other did not know of: they had to be given again.
      expect(given).toBeGreaterThan(0);
      expect(one.end).toBeDefined();
      expect(two.end).toEqual(one.end);
      expect(judge(one, two)).toEqual(one.end);
    },
  );
});
