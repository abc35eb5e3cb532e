import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { auditFilter, listAudit } from '../records/audit';
import { readFlags, setFlag } from './flags';
import { type NumberFlags, openNumberFlags } from './shares';

let database: TestDatabase;
const open: NumberFlags[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  for (const flags of open) await flags.close();
  await database.drop();
});

async function openFlags() {
  const flags = await openNumberFlags(database.db);
  open.push(flags);
  return flags;
}

const history = (target: string) => listAudit(database.db, auditFilter.parse({ target }));

describe('UP-8: a flag that an admin sets', () => {
  it('is in effect in every process within a second, and its default until then', async () => {
    const [here, there] = [await openFlags(), await openFlags()];
    expect(here.get('share.payment')).toEqual({ value: 0, version: 0 });
    await setFlag(database.db, { key: 'share.payment', value: 25, actorId: 'boss', reason: 'a try' });
    const began = performance.now();
    await expect
      .poll(() => [here.get('share.payment').value, there.get('share.payment').value], { interval: 20 })
      .toEqual([25, 25]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('is a switch, too, and turns back', async () => {
    const flags = await openFlags();
    expect(flags.isOn('use.rule-engine')).toBe(true);
    for (const value of [false, true]) {
      await setFlag(database.db, { key: 'use.rule-engine', value, actorId: 'boss', reason: 'a look' });
      const began = performance.now();
      await expect.poll(() => flags.isOn('use.rule-engine'), { interval: 20 }).toBe(value);
      expect(performance.now() - began).toBeLessThan(1_000);
    }
    await expect(
      setFlag(database.db, { key: 'use.ai-gm', value: 0, actorId: 'boss', reason: 'no switch' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is written down with who, what and why, in the same transaction', async () => {
    await setFlag(database.db, { key: 'share.reservation', value: 10, actorId: 'boss', reason: 'begin' });
    await setFlag(database.db, {
      key: 'share.reservation',
      value: 0,
      actorId: null,
      reason: 'it was slower',
    });
    const { entries } = await history('flag:share.reservation');
    expect(entries).toMatchObject([
      { actorId: null, action: 'flag.set', before: 10, after: 0, reason: 'it was slower' },
      { actorId: 'boss', action: 'flag.set', before: 0, after: 10, reason: 'begin' },
    ]);
    await expect(
      setFlag(database.db, { key: 'share.reservation', value: 101, actorId: 'boss', reason: 'more' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(
      setFlag(database.db, { key: 'share.reservation', value: 5, actorId: 'boss', reason: ' ' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await history('flag:share.reservation')).entries).toHaveLength(2);
  });

  it('is set once by two who both saw the same version', async () => {
    const key = 'share.reservation';
    const { version = 0 } = (await readFlags(database.db)).find((flag) => flag.key === key) ?? {};
    const both = await Promise.all(
      [40, 60].map((value) =>
        setFlag(database.db, { key, value, actorId: null, reason: 'at once', ifVersion: version }),
      ),
    );
    expect(both.filter((one) => one !== undefined)).toEqual([version + 1]);
  });
});

describe('what was written down', () => {
  it('can be neither changed nor deleted', async () => {
    await setFlag(database.db, { key: 'share.payment', value: 1, actorId: 'boss', reason: 'for the record' });
    await expect(database.db.auditEvent.deleteMany()).rejects.toThrow(/only ever added/);
    await expect(database.db.auditEvent.updateMany({ data: { reason: 'none' } })).rejects.toThrow(
      /only ever added/,
    );
  });

  it('comes in pages, newest first, without gaps', async () => {
    for (let value = 2; value < 7; value += 1)
      await setFlag(database.db, { key: 'share.payment', value, actorId: 'boss', reason: `step ${value}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listAudit(
        database.db,
        auditFilter.parse({ target: 'flag:share.payment', limit: 2, cursor }),
      );
      seen.push(...page.entries.map(({ reason }) => reason ?? ''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.slice(0, 6)).toEqual(['step 6', 'step 5', 'step 4', 'step 3', 'step 2', 'for the record']);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
