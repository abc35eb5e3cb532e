import { setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../errors';
import type { GameState } from '../grpc/gen/proto/game';
import { metricsText } from '../metrics';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { StreamHub } from './hub';
import { exhibitionSource } from './match-source';
import type { NumberedEvent, Told } from './shared-stream';
import type { StateData } from './state-kind';
import { numberedState, type ScriptedGame, startScriptedGame } from './testing/scripted-game';
import { metricsOf } from './testing/told';

type Event = NumberedEvent<Told<StateData>>;

const LINGER_MS = 50;
const REQUEST = { match_id: 'm', player1_id: 1, player2_id: 2 };
let game: ScriptedGame;
let hub: StreamHub<GameState, StateData>;
let viewing: AbortController;

beforeEach(async () => {
  game = await startScriptedGame();
  hub = new StreamHub({ lingerMs: LINGER_MS });
  viewing = new AbortController();
  setMaxListeners(100, viewing.signal);
});
afterEach(async () => {
  viewing.abort();
  await hub.close();
  channels().close();
  await game.stop();
});

function watch(lastEventId?: string, signal = viewing.signal, key = 'm') {
  return hub.watch(key, () => exhibitionSource(targetAt(game.address, false), REQUEST), lastEventId, signal);
}

/** Reads events until one satisfies the condition, which is the last. */
async function readUntil(events: AsyncGenerator<Event, void>, isLast: (event: Event) => boolean) {
  const read: Event[] = [];
  for (;;) {
    const { value, done } = await events.next();
    if (done || !value) return read;
    read.push(value);
    if (isLast(value)) return read;
  }
}

const timers = (events: Event[]) =>
  events.flatMap(({ data }) => ('states' in data ? data.states.map(({ timer }) => timer) : []));
const shows = (timer: number) => (event: Event) => timers([event]).includes(timer);
const isOfType = (type: string) => (event: Event) => event.data.type === type;

describe('a shared stream', () => {
  it('serves 50 viewers from one upstream, each with every state', async () => {
    const viewers = Array.from({ length: 50 }, () => readUntil(watch(), shows(99)));
    await game.opened();
    for (let timer = 0; timer < 100; timer += 1) game.send(numberedState(timer));
    const expected = Array.from({ length: 100 }, (_, timer) => timer);
    for (const read of await Promise.all(viewers)) expect(timers(read)).toEqual(expected);
    expect(game.calls).toBe(1);
    expect(channels().size).toBe(1);
  });

  it('is closed shortly after the last viewer left, and the server sees it end', async () => {
    const first = watch();
    const second = watch();
    const reads = [readUntil(first, shows(1)), readUntil(second, shows(1))];
    await game.opened();
    game.send(numberedState(1));
    await Promise.all(reads);
    await first.return();
    expect(hub.viewers('m')).toBe(1);
    await second.return();
    expect(hub.viewers('m')).toBe(0);
    await game.closed();
    expect(hub.size).toBe(0);
  });

  it('survives a viewer who comes back at once', async () => {
    const read = readUntil(watch(), shows(1));
    await game.opened();
    game.send(numberedState(1));
    const id = (await read).at(-1)?.id;
    const again = watch(id);
    const rest = readUntil(again, shows(2));
    game.send(numberedState(2));
    expect(timers(await rest)).toEqual([2]);
    expect(game.calls).toBe(1);
  });

  it('STREAM-3: shows a newcomer the newest state, then what comes', async () => {
    const first = readUntil(watch(), shows(3));
    await game.opened();
    game.send(numberedState(1), numberedState(2), numberedState(3));
    await first;
    const newcomer = watch();
    const { value } = await newcomer.next();
    expect(value?.data).toMatchObject({ type: 'state', states: [{ timer: 3 }] });
    expect(timers(value ? [value] : [])).toEqual([3]);
    game.send(numberedState(4));
    expect(timers(await readUntil(newcomer, shows(4)))).toEqual([4]);
  });

  it('STREAM-4: loses and repeats nothing when viewers resume from any event', async () => {
    const all = watch();
    const events: Event[] = [];
    for (let timer = 0; timer < 60; timer += 6) {
      const reading = readUntil(all, shows(timer + 5));
      await game.opened();
      for (let i = 0; i < 6; i += 1) game.send(numberedState(timer + i));
      events.push(...(await reading));
    }
    expect(events.length).toBeGreaterThanOrEqual(10);
    const straight = timers(events);
    expect(straight).toEqual(Array.from({ length: 60 }, (_, timer) => timer));
    for (const [at, { id }] of events.entries()) {
      if (at === events.length - 1) break;
      const seen = timers(events.slice(0, at + 1));
      const rest = timers(await readUntil(watch(id), shows(59)));
      expect([...seen, ...rest]).toEqual(straight);
    }
  });

  it('STREAM-4: tells somebody with an unknown or too old id that there is a gap', async () => {
    const reading = readUntil(watch(), shows(5));
    await game.opened();
    game.send(numberedState(5));
    await reading;
    for (const id of ['0123456789ab-3', 'nonsense', '']) {
      const { value } = await watch(id).next();
      expect(value?.data).toMatchObject({ type: 'snapshot', states: [{ timer: 5 }] });
    }
  });

  it('STREAM-4: resumes as far back as the ring reaches, and tells of a gap one event further', async () => {
    const small = () => ({ ...exhibitionSource(targetAt(game.address, false), REQUEST), ringEvents: 8 });
    const follow = (id?: string) => hub.watch('small', small, id, viewing.signal);
    const viewer = follow();
    const events: Event[] = [];
    for (let timer = 0; timer < 12; timer += 1) {
      const reading = readUntil(viewer, shows(timer));
      await game.opened();
      game.send(numberedState(timer));
      events.push(...(await reading));
    }
    const oldest = await readUntil(follow(events.at(-9)?.id), shows(11));
    expect(oldest).toEqual(events.slice(-8));
    const { value } = await follow(events.at(-10)?.id).next();
    expect(value?.data).toMatchObject({ type: 'snapshot', states: [{ timer: 11 }] });
  });

  it('STREAM-4: holds 300 events of a match and 6,000 of a training', () => {
    const target = targetAt(game.address, false);
    expect(exhibitionSource(target, REQUEST).ringEvents).toBe(300);
    expect(metricsOf(target).ringEvents).toBe(6_000);
  });

  it('STREAM-4: holds them for 15 s after the last viewer left', async () => {
    hub = new StreamHub();
    const viewer = watch();
    const seen = readUntil(viewer, shows(1));
    await game.opened();
    game.send(numberedState(1));
    const id = (await seen).at(-1)?.id;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await viewer.return();
    vi.advanceTimersByTime(14_900);
    vi.useRealTimers();
    game.send(numberedState(2), numberedState(3));
    expect(timers(await readUntil(watch(id), shows(3)))).toEqual([2, 3]);
    expect(game.calls).toBe(1);
  });

  it('STREAM-4: gives a viewer who did not read for long a snapshot of now instead of a queue', async () => {
    const small = () => ({ ...exhibitionSource(targetAt(game.address, false), REQUEST), ringEvents: 8 });
    const slow = hub.watch('small', small, undefined, viewing.signal);
    const quick = hub.watch('small', small, undefined, viewing.signal);
    for (let timer = 0; timer <= 12; timer += 1) {
      const seen = [readUntil(quick, shows(timer)), ...(timer === 0 ? [readUntil(slow, shows(0))] : [])];
      await game.opened();
      game.send(numberedState(timer));
      await Promise.all(seen);
    }
    const { value } = await slow.next();
    expect(value?.data).toMatchObject({ type: 'snapshot', states: [{ timer: 12 }] });
  });

  it('STREAM-5: says that it reconnects when the upstream goes away, and goes on when it is back', async () => {
    const events = watch();
    const before = readUntil(events, isOfType('reconnecting'));
    await game.opened();
    game.send(numberedState(1));
    const { port } = game;
    await game.stop();
    expect((await before).at(-1)?.data).toEqual({ type: 'reconnecting' });
    game = await startScriptedGame(port);
    const after = readUntil(events, shows(7));
    await game.opened();
    game.send(numberedState(7));
    expect(timers(await after)).toEqual([7]);
  });

  it('STREAM-5: ends when the upstream ends with OK, also for those who come a moment later', async () => {
    const events = readUntil(watch(), () => false);
    await game.opened();
    game.send(numberedState(1), numberedState(2, 2));
    game.end();
    const read = await events;
    expect(read.at(-1)?.data).toEqual({ type: 'ended', winner_id: 2 });
    expect(timers(read)).toEqual([1, 2]);
    const late = await readUntil(watch(), () => false);
    expect(late.map(({ data }) => data.type)).toEqual(['state', 'ended']);
    expect(game.calls).toBe(1);
  });

  it('STREAM-5: takes an absent winner for a draw', async () => {
    const events = readUntil(watch(), () => false);
    await game.opened();
    game.send(numberedState(1));
    game.end();
    expect((await events).at(-1)?.data).toEqual({ type: 'ended', winner_id: 0 });
  });

  it.each([
    ['BAD_REQUEST', 'INVALID_ARGUMENT'],
    ['RATE_LIMITED', 'RESOURCE_EXHAUSTED'],
    ['NOT_FOUND', 'NOT_FOUND'],
    ['UNIMPLEMENTED', 'UNIMPLEMENTED'],
    ['INTERNAL', 'INTERNAL'],
  ] as const)(
    'GRPC-7: fails with the status of an upstream that says %s, in our words',
    async (code, status) => {
      const events = readUntil(watch(), () => false);
      await game.opened();
      game.fail(new AppError(code, 'postgres://trainer:secret@10.0.0.7 has no such fighter'));
      const last = (await events).at(-1)?.data;
      expect(last).toMatchObject({ type: 'failed', code: status });
      expect(JSON.stringify(last)).not.toMatch(/fighter"|postgres|secret|10\.0/);
    },
  );

  it('GRPC-8: fails when the upstream shows another match', async () => {
    const events = readUntil(watch(), () => false);
    await game.opened();
    game.send(numberedState(1), { ...numberedState(2), match_id: 'another' });
    expect((await events).map(({ data }) => data)).toMatchObject([
      { type: 'state', states: [{ match_id: 'm', timer: 1 }] },
      { type: 'failed', code: 'CONTRACT_BROKEN' },
    ]);
  });

  it('GRPC-9: ends with the first winner, whatever is sent after it', async () => {
    const events = readUntil(watch(), () => false);
    await game.opened();
    game.send(numberedState(1), numberedState(2, 2), numberedState(3), numberedState(4, 1));
    const read = await events;
    expect(timers(read)).toEqual([1, 2]);
    expect(read.at(-1)?.data).toEqual({ type: 'ended', winner_id: 2 });
    await game.closed();
  });

  it('leaves the upstream when it is closed with viewers, who are told to come back', async () => {
    const events = readUntil(watch(), () => false);
    const refused = expect(events).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await game.opened();
    await hub.close();
    await game.closed();
    await refused;
  });

  it('ends a viewer whose signal aborts and keeps the others', async () => {
    const one = new AbortController();
    const leaving = readUntil(watch(undefined, one.signal), () => false);
    const staying = readUntil(watch(), shows(3));
    await game.opened();
    one.abort();
    await leaving;
    game.send(numberedState(3));
    await staying;
    expect(hub.viewers('m')).toBe(1);
  });
});

/** What the counters of this room say, by name and labels. */
async function counted(name: string, labels: Record<string, string>): Promise<number> {
  const { text } = await metricsText();
  const label = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const line = text.split('\n').find((one) => one.startsWith(`${name}{${label.join()}}`));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe('the counters of streams', () => {
  it('tell what viewers get, who came back, and who had a gap', async () => {
    const of = { stream: 'match' };
    const names = ['events', 'resumed', 'gaps'].map((what) => `arcade_streams_${what}_total`);
    const before = await Promise.all(names.map((name) => counted(name, of)));
    const reading = readUntil(watch(), shows(1));
    await game.opened();
    game.send(numberedState(1));
    const id = (await reading).at(-1)?.id;
    const resumed = readUntil(watch(id), shows(2));
    const late = readUntil(watch('0123456789ab-3'), shows(2));
    game.send(numberedState(2));
    await Promise.all([resumed, late]);
    const after = await Promise.all(names.map((name) => counted(name, of)));
    expect(after.map((value, i) => value - (before[i] ?? 0))).toEqual([4, 1, 1]);
  });
});

describe('GRPC-11: the counters of streams', () => {
  it('tell the outages and the failures', async () => {
    const failed = { stream: 'match', code: 'NOT_FOUND' };
    const read = () =>
      Promise.all([
        counted('arcade_streams_outages_total', { stream: 'match' }),
        counted('arcade_streams_failed_total', failed),
      ]);
    const [outages = 0, failures = 0] = await read();
    const events = watch();
    const away = readUntil(events, isOfType('reconnecting'));
    await game.opened();
    const { port } = game;
    await game.stop();
    await away;
    expect(await read()).toEqual([outages + 1, failures]);
    game = await startScriptedGame(port);
    const rest = readUntil(events, () => false);
    await game.opened();
    game.fail(new AppError('NOT_FOUND', 'no such match'));
    await rest;
    expect(await read()).toEqual([outages + 1, failures + 1]);
  });
});

describe('the limits of a hub', () => {
  it('refuses one stream too many, and one viewer too many', async () => {
    hub = new StreamHub({ maxStreams: 1, maxViewers: 1, lingerMs: LINGER_MS });
    const first = readUntil(watch(), shows(1));
    await game.opened();
    await expect(watch().next()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(watch(undefined, viewing.signal, 'other').next()).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    game.send(numberedState(1));
    await first;
    for (const limit of ['streams', 'viewers'])
      expect(await counted('arcade_streams_refused_total', { limit })).toBeGreaterThan(0);
  });

  it('a stream that nobody watches any more keeps no place from one that somebody watches', async () => {
    hub = new StreamHub({ maxStreams: 1, maxViewers: 10, lingerMs: 60_000 });
    const leaving = watch();
    const seen = readUntil(leaving, shows(1));
    await game.opened();
    game.send(numberedState(1));
    await seen;
    await leaving.return();
    const other = readUntil(watch(undefined, viewing.signal, 'other'), shows(2));
    await vi.waitUntil(() => game.calls === 2);
    await game.opened();
    game.send(numberedState(2));
    expect((await other).length).toBeGreaterThan(0);
  });
});
