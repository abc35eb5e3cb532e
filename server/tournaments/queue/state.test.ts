import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkQueueLog, createQueueProof } from '../../../proto/queue-proof';
import { reasonOf } from '../refusals';
import { positionOf } from './state';
import { createPlainQueue, digest, type PlainQueue, plainSettings, START_MS } from './testing/plain-queue';
import { createWorld } from './testing/world';

const PEOPLE = 12;
const SEATS = 4;

type Action =
  | { readonly kind: 'join' | 'leave' | 'admit' | 'reserve' | 'end' | 'confirm'; readonly who: number }
  | { readonly kind: 'nonce'; readonly who: number; readonly what: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'pause' | 'tick' };

const who = fc.nat(PEOPLE - 1);
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('join' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'end', 'confirm'), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('admit' as const, 'reserve'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('nonce' as const), who, what: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.constantFrom(1, 3, 20, 70) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause' as const) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('tick' as const) }) },
);

/** A wish may be refused, for one of our reasons and no other. */
function wish(task: () => unknown): void {
  try {
    task();
  } catch (error) {
    if (reasonOf(error) === undefined) throw error;
  }
}

/** The order in which people stand, kept in the plainest way: a list. */
function createModel(queue: PlainQueue) {
  let read = 0;
  let line: string[] = [];
  const called = new Set<string>();
  return {
    get line() {
      return line;
    },
    /** Follows what was appended, and checks that nothing unfair was. */
    follow(): void {
      for (; read < queue.events.length; read += 1) {
        const change = queue.events[read]?.change;
        if (change?.type === 'joined') line.push(change.entry);
        if (change?.type === 'left') line = line.filter((entry) => entry !== change.entry);
        if (change?.type === 'called') {
          expect(change.entry, 'the first in line is called').toBe(line[0]);
          expect(called.has(change.entry), 'nobody is called twice').toBe(false);
          called.add(change.entry);
          line = line.slice(1);
        }
        if (change?.type === 'drawn') {
          const proof = createQueueProof();
          for (const row of queue.publicLog().slice(0, read + 1)) proof.add(row);
          const drawn = (proof.drawn ?? []).filter((entry) => line.includes(entry));
          line = [...drawn, ...line.filter((entry) => !drawn.includes(entry))];
        }
      }
    },
  };
}

function run(actions: readonly Action[]): { readonly calls: number; readonly reserved: number } {
  const queue = createPlainQueue({
    settings: plainSettings({ seats: SEATS, admissionsPerMinute: 60 }),
    nowMs: START_MS - 40_000,
    admissionMs: 60_000,
    burst: 2,
  });
  const world = createWorld(SEATS);
  queue.count = world.count;
  const model = createModel(queue);
  let reserved = 0;

  for (const one of actions) {
    let name = 'who' in one ? `p${one.who}` : '';
    // Admissions are for those who were called, mostly.
    const wanted = one.kind === 'reserve' ? 'admitted' : 'ready';
    const called = [...queue.state.outstanding].filter(({ state }) => state === wanted);
    if ((one.kind === 'admit' || one.kind === 'reserve') && one.who > 1 && called.length > 0) {
      name = called[one.who % called.length]?.userId ?? name;
    }
    const entry = queue.entryOf(name);
    switch (one.kind) {
      case 'join':
        wish(() => queue.join(name, undefined, world.hasSeat(name)));
        break;
      case 'leave':
        if (entry) queue.leave(name);
        break;
      case 'nonce':
        if (entry) wish(() => queue.nonce(name, digest(String(one.what))));
        break;
      case 'admit':
        if (entry) wish(() => queue.admit(name));
        break;
      case 'reserve': {
        const until = entry?.until;
        const isAdmitted = entry?.state === 'admitted' || entry?.state === 'left';
        if (!until || !isAdmitted) break;
        const outcome = world.reserve(queue, entry.entryId, name, until);
        expect(outcome, 'whoever is admitted finds a seat').not.toBe('full');
        if (outcome === 'reserved') reserved += 1;
        break;
      }
      case 'end':
      case 'confirm':
        for (const held of world.reservations.values()) {
          if (held.userId === name && held.status !== 'ended')
            held.status = one.kind === 'end' ? 'ended' : 'confirmed';
        }
        break;
      case 'pass':
        queue.nowMs += one.seconds * 1_000;
        break;
      case 'pause':
        queue.settings = { ...queue.settings, isPaused: !queue.settings.isPaused };
        queue.tick();
        break;
      case 'tick':
        queue.tick();
        break;
    }
    model.follow();
    const { state } = queue;
    expect(state.waiting).toBe(model.line.length);
    for (const [index, entryId] of model.line.entries()) {
      const waiting = state.entries.get(entryId);
      expect(waiting && positionOf(state, waiting)).toBe(state.isOrdered ? index + 1 : 0);
    }
    const used = world.count([...state.outstanding].map(({ entryId }) => entryId)).usedTokens;
    const open = [...state.outstanding].filter(({ entryId }) => !used.has(entryId)).length;
    expect(world.taken() + open, 'never more offered than there is').toBeLessThanOrEqual(SEATS);
  }
  expect(checkQueueLog(queue.publicLog())).toBeUndefined();
  const proof = createQueueProof();
  for (const line of queue.publicLog()) proof.add(line);
  const proven = proof.places().filter(({ standing }) => standing === 'waiting');
  expect(proven.map(({ entry }) => entry).sort()).toEqual([...model.line].sort());
  if (queue.state.isOrdered) expect(proven.map(({ entry }) => entry)).toEqual(model.line);
  return { calls: queue.state.totals.called, reserved };
}

test('QUEUE-3, QUEUE-8: whatever happens, the line is that of a plain list, nobody is called twice, no seat is offered twice', () => {
  let calls = 0;
  let reserved = 0;
  fc.assert(
    fc.property(fc.array(action, { minLength: 20, maxLength: 160 }), (actions) => {
      const done = run(actions);
      calls += done.calls;
      reserved += done.reserved;
    }),
    { seed: 7, numRuns: 400 },
  );
  // It did happen.
  expect(calls).toBeGreaterThan(500);
  expect(reserved).toBeGreaterThan(50);
});

function opened(more: Parameters<typeof plainSettings>[0] = {}): PlainQueue {
  const settings = plainSettings({ state: 'open', hasDraw: false, ...more });
  return createPlainQueue({ settings, nowMs: START_MS });
}

const positions = (queue: PlainQueue, people: readonly string[]): number[] =>
  people.map((name) => {
    const entry = queue.entryOf(name);
    return entry ? positionOf(queue.state, entry) : -1;
  });

describe('places', () => {
  test('move up when somebody leaves, and only behind who left', () => {
    const queue = opened({ admissionsPerMinute: 0 });
    for (const name of ['a', 'b', 'c', 'd']) queue.join(name);
    queue.leave('b');
    expect(positions(queue, ['a', 'b', 'c', 'd'])).toEqual([1, 0, 2, 3]);
  });

  test('are kept by who joins again, and lost by who left before', () => {
    const queue = opened({ admissionsPerMinute: 0 });
    for (const name of ['a', 'b', 'c']) queue.join(name);
    expect(queue.join('a')).toEqual([]);
    queue.leave('b');
    queue.join('b');
    expect(positions(queue, ['a', 'b', 'c'])).toEqual([1, 3, 2]);
  });

  test('are not conjured by leaving: an admission that was used is no seat again when its person leaves', () => {
    const queue = opened({ seats: 1 });
    const world = createWorld(1);
    queue.count = world.count;
    queue.join('a');
    queue.join('b');
    queue.tick();
    queue.admit('a');
    const entry = queue.entryOf('a');
    expect(world.reserve(queue, entry?.entryId ?? '', 'a', entry?.until ?? new Date(0))).toBe('reserved');
    queue.leave('a');
    queue.nowMs += 10_000;
    queue.tick();
    expect(queue.entryOf('b')?.state).toBe('waiting');
  });

  test('are not conjured by leaving with a token in hand: the next is called when it can’t be used any more', () => {
    const queue = opened({ seats: 1 });
    const world = createWorld(1);
    queue.count = world.count;
    queue.join('a');
    queue.join('b');
    queue.tick();
    queue.admit('a');
    queue.leave('a');
    queue.nowMs += 119_000;
    queue.tick();
    expect(queue.entryOf('b')?.state).toBe('waiting');
    queue.nowMs += 7_000;
    queue.tick();
    expect(queue.entryOf('b')?.state).toBe('ready');
  });

  test('a queue is not sold out for ever: a seat that comes back is offered at once, to the first who waits', () => {
    const queue = opened({ seats: 1 });
    const world = createWorld(1);
    queue.count = world.count;
    for (const name of ['a', 'b', 'c']) queue.join(name);
    queue.tick();
    queue.admit('a');
    const entry = queue.entryOf('a');
    world.reserve(queue, entry?.entryId ?? '', 'a', entry?.until ?? new Date(0));
    queue.tick();
    expect(queue.entryOf('b')?.state).toBe('waiting');
    for (const held of world.reservations.values()) held.status = 'ended';
    queue.tick();
    expect([queue.entryOf('b')?.state, queue.entryOf('c')?.state]).toEqual(['ready', 'waiting']);
  });

  test('QUEUE-11: expire with the registration, and a check-in keeps them', () => {
    const queue = opened();
    queue.settings = { ...queue.settings, admissionsPerMinute: 0 };
    queue.join('a');
    queue.tick();
    queue.nowMs = queue.settings.closesAt.getTime() + 1_000;
    queue.tick();
    expect(queue.entryOf('a')?.state).toBe('waiting');
    queue.settings = { ...queue.settings, state: 'checkin' };
    queue.nowMs += 120_000;
    queue.tick();
    expect(queue.entryOf('a')?.state).toBe('waiting');
    queue.settings = { ...queue.settings, state: 'over' };
    queue.tick();
    expect(queue.entryOf('a')?.state).toBe('expired');
    expect(() => queue.join('b')).toThrow(/closed/);
  });
});

describe('turns', () => {
  test('end unused, and the next one is called in the same tick', () => {
    const queue = opened({ seats: 1 });
    queue.count = createWorld(1).count;
    queue.join('a');
    queue.join('b');
    queue.tick();
    queue.nowMs += 120_000;
    queue.tick();
    expect([queue.entryOf('a')?.state, queue.entryOf('b')?.state]).toEqual(['expired', 'ready']);
  });

  test('stand while the event is paused', () => {
    const queue = opened();
    queue.join('a');
    queue.tick();
    queue.nowMs += 100_000;
    queue.settings = { ...queue.settings, isPaused: true };
    queue.tick();
    queue.join('b');
    queue.nowMs += 3_600_000;
    queue.tick();
    expect([queue.entryOf('a')?.state, queue.entryOf('b')?.state]).toEqual(['ready', 'waiting']);
    expect(() => queue.admit('a')).toThrow(/paused/);
    queue.settings = { ...queue.settings, isPaused: false };
    queue.tick();
    queue.nowMs += 19_000;
    expect(queue.admit('a')).toHaveLength(1);
  });

  test('are asked for too early, too late, twice', () => {
    const queue = opened({ seats: 1 });
    queue.count = createWorld(1).count;
    queue.join('a');
    queue.join('b');
    queue.tick();
    expect(() => queue.admit('b')).toThrow(/not your turn/);
    expect(queue.admit('a')).toHaveLength(1);
    expect(queue.admit('a')).toEqual([]);
    queue.nowMs += 130_000;
    queue.tick();
    expect(() => queue.admit('a')).toThrow(/expired/);
  });

  test('come at the configured rate, a burst first', () => {
    const queue = opened({ admissionsPerMinute: 600 });
    for (let n = 0; n < 500; n += 1) queue.join(`p${n}`);
    queue.tick();
    expect(queue.state.totals.called).toBe(60);
    for (let second = 0; second < 20; second += 1) {
      queue.nowMs += 1_000;
      queue.tick();
    }
    expect(queue.state.totals.called).toBe(260);
  });
});

test('people are taken from the front where the owner of the queue calls', () => {
  const queue = opened({ admissionsPerMinute: 0 });
  for (const name of ['a', 'b', 'c']) queue.join(name);
  expect(queue.tick()).toHaveLength(0);
  expect(queue.take(2).map(({ userId }) => userId)).toEqual(['a', 'b']);
  expect(queue.take(2).map(({ userId }) => userId)).toEqual(['c']);
  queue.join('a');
  expect(positions(queue, ['a'])).toEqual([1]);
  expect(checkQueueLog(queue.publicLog())).toBeUndefined();
});

test('a place can’t be given up and taken for ever', () => {
  const queue = opened({ admissionsPerMinute: 0 });
  const again = (): void => {
    queue.join('a');
    queue.leave('a');
  };
  expect(() => {
    for (let n = 0; n < 100; n += 1) again();
  }).toThrow(/at most/);
  expect(queue.state.entries.size).toBe(1);
});
