import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate';
import { createTestDatabase, type TestDatabase } from './testing';

let test: TestDatabase;
let folder: string;

function addMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

const run = () => migrate({ url: test.url, folder });
const rows = () =>
  test.db.$queryRaw<{ migration_name: string; checksum: string; finished: boolean; steps: number }[]>`
    SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, applied_steps_count AS steps
    FROM _prisma_migrations WHERE migration_name LIKE '2%_t_%' ORDER BY migration_name`;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcade-migrations-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await test.db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name LIKE '2%_t_%'`;
});

describe('the migration runner', () => {
  it('applies the project’s migrations once, with the checksum Prisma computes', async () => {
    const again = await migrate({ url: test.url });
    expect(again).toEqual({ applied: [], edited: [], unknown: [] });
    const [first] = await test.db.$queryRaw<{ checksum: string }[]>`
      SELECT checksum FROM _prisma_migrations ORDER BY migration_name LIMIT 1`;
    expect(first?.checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it('applies each migration in order, and only those that are missing', async () => {
    addMigration('20990101000000_t_first', 'CREATE TABLE ordered (a int);');
    addMigration(
      '20990102000000_t_second',
      'ALTER TABLE ordered ADD COLUMN b int; INSERT INTO ordered VALUES (1, 2);',
    );
    expect((await run()).applied).toEqual(['20990101000000_t_first', '20990102000000_t_second']);
    addMigration('20990103000000_t_third', 'DROP TABLE ordered;');
    expect((await run()).applied).toEqual(['20990103000000_t_third']);
    expect((await rows()).map(({ finished, steps }) => [finished, steps])).toEqual([
      [true, 1],
      [true, 1],
      [true, 1],
    ]);
  });

  it('runs each migration once when eight processes start together', async () => {
    addMigration('20990101000000_t_once', 'CREATE TABLE once (a int); SELECT pg_sleep(0.05);');
    const reports = await Promise.all(Array.from({ length: 8 }, run));
    expect(reports.flatMap(({ applied }) => applied)).toEqual(['20990101000000_t_once']);
    await test.db.$executeRaw`DROP TABLE once`;
  });

  it('names a migration that fails, undoes all of it, and succeeds once the file is put right', async () => {
    addMigration('20990101000000_t_bad', 'CREATE TABLE half (a int); SELECT no_such_function();');
    await expect(run()).rejects.toThrow(/20990101000000_t_bad failed and was rolled back.*no_such_function/);
    expect(await rows()).toEqual([]);
    addMigration('20990101000000_t_bad', 'CREATE TABLE half (a int);');
    expect((await run()).applied).toEqual(['20990101000000_t_bad']);
    await test.db.$executeRaw`DROP TABLE half`;
  });

  it('refuses to go on from a migration that another tool left unfinished, by name', async () => {
    await test.db.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, logs)
      VALUES ('00000000-0000-0000-0000-000000000001', 'x', '20990101000000_t_stuck', 'syntax error')`;
    await expect(run()).rejects.toThrow(
      /20990101000000_t_stuck was started and never finished \(syntax error\)/,
    );
    await test.db
      .$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '20990101000000_t_stuck'`;
    await expect(run()).resolves.toMatchObject({ applied: [] });
  });

  it('reports a file that was edited after it was applied', async () => {
    addMigration('20990101000000_t_edited', 'SELECT 1;');
    await run();
    addMigration('20990101000000_t_edited', 'SELECT 2;');
    expect((await run()).edited).toEqual(['20990101000000_t_edited']);
  });
});
