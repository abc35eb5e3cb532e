import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnOrder, listHash, seedHash } from '../../../proto/queue-draw';
import { checkQueueLog, createQueueProof } from '../../../proto/queue-proof';
import { hashOfList, hashOfSeed, lotOf } from './draw';
import { positionOf } from './state';
import {
  createPlainQueue,
  digest,
  entryNumber,
  type PlainQueue,
  plainSettings,
  START_MS,
} from './testing/plain-queue';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

type Line = Record<string, unknown>;

/** A queue in which everything happened once: drawn, late, left, called, admitted, used, expired, paused. */
function eventful(): PlainQueue {
  const queue = createPlainQueue({
    settings: plainSettings({ admissionsPerMinute: 60 }),
    nowMs: START_MS - 60_000,
    burst: 3,
  });
  for (let n = 0; n < 12; n += 1) queue.join(`early${n}`, n % 2 === 0 ? digest(`nonce ${n}`) : undefined);
  queue.nonce('early3', digest('late thought'));
  queue.leave('early5');
  queue.nowMs = START_MS;
  queue.tick();
  queue.nowMs += 10;
  for (let n = 0; n < 4; n += 1) queue.join(`late${n}`);
  const ready = [...queue.state.outstanding];
  queue.admit(ready[0]?.userId ?? '');
  queue.admit(ready[1]?.userId ?? '');
  queue.leave(ready[1]?.userId ?? '');
  queue.nowMs += 1_000;
  queue.settings = { ...queue.settings, isPaused: true };
  queue.tick();
  queue.nowMs += 50_000;
  queue.settings = { ...queue.settings, isPaused: false };
  queue.tick();
  queue.nowMs += 120_000;
  queue.tick();
  return queue;
}

const log = eventful().publicLog();
const numbered = (lines: readonly Line[]): Line[] =>
  lines.map((line, index) => ({ ...line, seq: index + 1 }));
const indexOf = (type: string, nth = 0): number =>
  log.flatMap((line, index) => (line.type === type ? [index] : []))[nth] ?? -1;
const changed = (index: number, fields: Line): Line[] =>
  log.map((line, at) => (at === index ? { ...line, ...fields } : line));
const swapped = (a: number, b: number): Line[] =>
  numbered(
    log.map((line, at) => {
      const other = at === a ? log[b] : at === b ? log[a] : line;
      return { ...other, at: line.at };
    }),
  );

test('QUEUE-6: hashes and order of the draw, byte for byte', () => {
  const [a, b] = ['00000000-0000-0000-0000-000000000001', 'ffffffff-0000-0000-0000-000000000000'];
  const seed = '00'.repeat(31).concat('2a');
  expect(seedHash(seed)).toBe(sha256(Buffer.concat([Buffer.alloc(31), Buffer.from([42])])));
  const list = listHash([
    { entry: b, nonce: undefined },
    { entry: a, nonce: '11'.repeat(32) },
  ]);
  const bytes = Buffer.concat([
    Buffer.from('00000000000000000000000000000001', 'hex'),
    Buffer.alloc(32, 0x11),
    Buffer.from('ffffffff000000000000000000000000', 'hex'),
    Buffer.alloc(32),
  ]);
  expect(list).toBe(sha256(bytes));
  const lots = [a, b].map((entry) => sha256(Buffer.from(seed + list + entry.replaceAll('-', ''), 'hex')));
  expect(drawnOrder(seed, list, [a, b])).toEqual((lots[0] ?? '') < (lots[1] ?? '') ? [a, b] : [b, a]);
});

test('the proof’s arithmetic and the server’s agree', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.option(fc.nat(50))), { maxLength: 40 }), (list) => {
      const unique = [...new Map(list.map(([n, nonce]) => [entryNumber(n), nonce]))];
      const entrants = unique.map(([entry, nonce]) => ({
        entry,
        entryId: entry,
        nonce: nonce === null ? undefined : digest(`nonce ${nonce}`),
      }));
      const seed = digest('any seed');
      expect(hashOfSeed(seed)).toBe(seedHash(seed));
      const hash = hashOfList(entrants);
      expect(hash).toBe(listHash(entrants));
      const lots = entrants.map(({ entry }) => ({ entry, lot: lotOf(seed, hash, entry) }));
      const sorted = lots.sort((a, b) => (a.lot < b.lot ? -1 : 1)).map(({ entry }) => entry);
      expect(sorted).toEqual(
        drawnOrder(
          seed,
          hash,
          entrants.map(({ entry }) => entry),
        ),
      );
    }),
    { seed: 3, numRuns: 100 },
  );
});

describe('QUEUE-7: a log', () => {
  test('that is right verifies, and gives everybody the place that the queue gave', () => {
    const queue = eventful();
    const proof = createQueueProof();
    for (const line of log) expect(proof.add(line)).toBeUndefined();
    const types = new Set(log.map(({ type }) => type));
    for (const type of [
      'nonce',
      'left',
      'sealed',
      'drawn',
      'called',
      'admitted',
      'expired',
      'paused',
      'resumed',
    ]) {
      expect(types, `the log holds ${type}`).toContain(type);
    }
    const places = new Map(proof.places().map((place) => [place.entry, place]));
    for (const entry of queue.state.entries.values()) {
      expect(places.get(entry.entryId)).toEqual({
        entry: entry.entryId,
        standing: entry.state,
        position: positionOf(queue.state, entry),
      });
    }
  });

  test('says nothing of accounts', () => {
    expect(JSON.stringify(log)).not.toMatch(/early|late\d|userId/);
  });

  const joined = indexOf('joined', 2);
  const tampered: Record<string, Line[]> = {
    'another seed': changed(indexOf('drawn'), { seed: digest('a seed that suits somebody') }),
    'another seed, its hash changed with it in the seal': changed(indexOf('sealed'), {
      seedHash: digest('x'),
    }),
    'another hash of the seed at the start': changed(0, { seedHash: digest('x') }),
    'a nonce that was swapped': changed(joined, { nonce: digest('another nonce') }),
    'a nonce that was taken away': changed(joined, { nonce: undefined }),
    'another entry under the same person': changed(joined, { entry: entryNumber(999) }),
    'another hash of the list': changed(indexOf('sealed'), { listHash: digest('x') }),
    'another length of the list': changed(indexOf('sealed'), { entries: 99 }),
    'an entrant taken out': numbered(log.filter((_, index) => index !== joined)),
    'an entrant put in': numbered([
      ...log.slice(0, 3),
      { ...log[3], type: 'joined', entry: entryNumber(999) },
      ...log.slice(3),
    ]),
    'a line taken out': log.filter((_, index) => index !== indexOf('called')),
    'a line told twice': [...log.slice(0, 5), log[4] ?? {}, ...log.slice(5)],
    'somebody who had left put back': numbered(log.filter((_, index) => index !== indexOf('left'))),
    'a nonce set after the seal': numbered([
      ...log.slice(0, indexOf('drawn')),
      { ...log[indexOf('sealed')], type: 'nonce', entry: log[joined]?.entry, nonce: digest('x') },
      ...log.slice(indexOf('drawn')),
    ]),
    'a draw without a seal': numbered(log.filter((_, index) => index !== indexOf('sealed'))),
    'a second draw': numbered([...log.slice(0, indexOf('drawn') + 1), ...log.slice(indexOf('drawn'))]),
    'a call before the draw': swapped(indexOf('drawn'), indexOf('called')),
    'two called the wrong way round': swapped(indexOf('called'), indexOf('called', 1)),
    'somebody called past the others': changed(indexOf('called'), {
      entry: log[indexOf('called', 2)]?.entry,
    }),
    'somebody called who never joined': changed(indexOf('called'), { entry: entryNumber(999) }),
    'an admission without a call': changed(indexOf('admitted'), {
      entry: log[indexOf('called', 2)]?.entry,
    }).map((line) => (line === log[indexOf('called', 2)] ? { ...line, type: 'settings' } : line)),
    'a turn that was cut short': numbered(
      log.flatMap((line, index) =>
        index === indexOf('called', 2)
          ? [line, { ...line, type: 'expired' }]
          : line.type === 'expired' && line.entry === log[indexOf('called', 2)]?.entry
            ? []
            : [line],
      ),
    ),
    'a call while paused': numbered(log.filter((_, index) => index !== indexOf('resumed'))),
    'time that runs backwards': changed(5, { at: '2020-01-01T00:00:00.000Z' }),
    'a type that nobody knows': changed(5, { type: 'blessed' }),
    garbage: changed(5, { entry: '<script>' }),
    'an empty log': [],
  };

  test.each(Object.keys(tampered))('with %s is found out', (kind) => {
    expect(checkQueueLog(tampered[kind] ?? [])?.what).toBeTruthy();
  });

  test('is told where it is wrong', () => {
    expect(checkQueueLog(changed(indexOf('drawn'), { seed: digest('x') }))).toEqual({
      seq: indexOf('drawn') + 1,
      what: 'the seed does not have the hash that was published first',
    });
  });
});
