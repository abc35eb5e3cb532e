import { describe, expect, it } from 'vitest';
import { drawnOrder, listHash, seedHash } from '@/proto/queue-draw';
import { checkDraw } from './check-draw';

const SEED = '5e'.repeat(32);
const NONCE = 'ab'.repeat(32);
const entry = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A log with a draw among three, one of whom brought a nonce, and an arrival after it. */
function logOf(change: (lines: Record<string, unknown>[]) => void = () => undefined) {
  const entrants = [1, 2, 3].map((index) => ({
    entry: entry(index),
    nonce: index === 2 ? NONCE : undefined,
  }));
  const lines: Record<string, unknown>[] = [
    { type: 'created', event: 'cup', draw: true, seedHash: seedHash(SEED) },
    ...entrants.map(({ entry: one, nonce }) => ({ type: 'joined', entry: one, ...(nonce ? { nonce } : {}) })),
    { type: 'sealed', entries: 3, listHash: listHash(entrants), seedHash: seedHash(SEED) },
    { type: 'drawn', seed: SEED },
    { type: 'joined', entry: entry(4) },
  ];
  change(lines);
  return (async function* () {
    for (const [index, line] of lines.entries())
      yield { seq: index + 1, at: new Date(Date.UTC(2026, 10, 20, 20, 0, index)).toISOString(), ...line };
  })();
}

const order = drawnOrder(
  SEED,
  listHash([1, 2, 3].map((index) => ({ entry: entry(index), nonce: index === 2 ? NONCE : undefined }))),
  [1, 2, 3].map(entry),
);

describe('checking a draw', () => {
  it('finds one’s own place where the log alone puts it', async () => {
    const report = await checkDraw(logOf(), { entryId: entry(2), nonce: NONCE });
    const place = order.indexOf(entry(2)) + 1;
    expect(report).toMatchObject({
      fault: null,
      lines: 7,
      commitment: { seedHash: seedHash(SEED) },
      sealed: { entries: 3 },
      revealed: { seed: SEED, seedHash: seedHash(SEED) },
      own: { drawnAs: place, position: place, isNonceKept: true },
    });
  });

  it('puts who came after the draw behind it', async () => {
    const report = await checkDraw(logOf(), { entryId: entry(4), nonce: NONCE });
    expect(report.own).toEqual({ drawnAs: 0, position: 4, isNonceKept: undefined });
  });

  it('notices a nonce that is not the one that this browser gave', async () => {
    const report = await checkDraw(logOf(), { entryId: entry(2), nonce: 'cd'.repeat(32) });
    expect(report.own?.isNonceKept).toBe(false);
  });

  it('names the line where somebody’s nonce was exchanged after the list was fixed', async () => {
    const report = await checkDraw(
      logOf((lines) => {
        lines[2] = { type: 'joined', entry: entry(2), nonce: 'cd'.repeat(32) };
      }),
      { entryId: entry(2), nonce: NONCE },
    );
    expect(report.fault?.seq).toBe(5);
  });

  it('calls an empty log a fault', async () => {
    const empty = (async function* () {})();
    expect((await checkDraw(empty, { entryId: undefined, nonce: undefined })).fault?.seq).toBe(0);
  });
});
