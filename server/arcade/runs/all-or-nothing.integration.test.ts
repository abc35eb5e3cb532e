import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ascent, ascend, ascentOf } from '../testing/climb';
import { type House, openHouse, PRIZES, SHORT } from '../testing/house';
import { lose, win } from '../testing/play';

/**
 * Each step is cut at each of its writing statements, by an error and by the end of its connection: then it has written
 * nothing, and taken again it is the whole step.
 */

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const { db } = house.database;
  await db.$executeRaw`create sequence written`;
  await db.$executeRaw`create table cut (at bigint not null, how text not null)`;
  await db.$executeRawUnsafe(`
    create function cut_here() returns trigger language plpgsql as $$
    begin
      if nextval('written') = (select at from cut) then
        if (select how from cut) = 'kill' then perform pg_terminate_backend(pg_backend_pid()); end if;
        raise exception 'cut here';
      end if;
      return null;
    end $$`);
  for (const table of TABLES)
    await db.$executeRawUnsafe(
      `create trigger cut before insert or update or delete on "${table}" for each statement execute function cut_here()`,
    );
});
afterAll(() => house.close());

const TABLES = [
  ...['ArcadeRun', 'ArcadeFight', 'StorySession', 'StoryPlayer', 'StoryEntity', 'StoryItem', 'StoryRelation'],
  ...['StoryTurn', 'StoryPhase', 'StoryCommit', 'LedgerAccount', 'LedgerTransfer', 'LedgerEntry'],
] as const;

/** Cuts the n-th statement that writes from now on; 0: none. */
async function cutAt(statement: number, how: 'raise' | 'kill'): Promise<void> {
  const { db } = house.database;
  await db.$executeRaw`delete from cut`;
  await db.$executeRaw`insert into cut values (${statement}, ${how})`;
  await db.$queryRaw`select setval('written', 1, false)::text`;
}

/** A digest of every row there is. */
async function everything(): Promise<string> {
  const { db } = house.database;
  const parts = await Promise.all(
    TABLES.map((table) =>
      db.$queryRawUnsafe<{ rows: string }[]>(
        `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]')::text as rows from "${table}" t`,
      ),
    ),
  );
  const rows = parts.map(([part]) => part?.rows ?? '').join('\n');
  return createHash('sha256').update(rows).digest('hex');
}

/** Cuts a step at one statement after the other until it is not cut any more. @returns how often it was */
async function cutEverywhere(step: () => Promise<unknown>, how: 'raise' | 'kill'): Promise<number> {
  const before = await everything();
  for (let statement = 1; statement < 100; statement += 1) {
    await cutAt(statement, how);
    const isDone = await step().then(
      () => true,
      () => false,
    );
    await cutAt(0, how);
    if (isDone) return statement - 1;
    expect(await everything()).toBe(before);
  }
  throw new Error('it never came to its end');
}

const seen = async ({ climber, run }: Ascent) =>
  ascentOf(house, climber, await house.arcade.run(climber, run.runId));

describe.each(['raise', 'kill'] as const)('a step that is cut by %s', (how) => {
  it('has started a run whole or not at all', async () => {
    const climber = await house.somebody();
    // Coins are looked at, and an account is opened, only once the run is there.
    await house.arcade.start(climber, SHORT);
    expect(await cutEverywhere(() => house.arcade.start(climber, PRIZES), how)).toBeGreaterThan(5);
    expect(
      await house.database.db.arcadeRun.count({ where: { userId: climber.playerId, ladder: PRIZES } }),
    ).toBe(1);
  });

  it('has ended a fight, rested and chosen whole or not at all', async () => {
    let climber = await ascend(house, PRIZES);
    expect(await cutEverywhere(() => climber.open(), how)).toBe(1);
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(200_000);
    expect(await cutEverywhere(() => climber.report(view, won), how)).toBeGreaterThan(8);
    climber = await seen(climber);
    expect(climber.run).toMatchObject({ version: 1, moment: 'rest' });
    expect(await cutEverywhere(() => climber.rest(), how)).toBeGreaterThan(5);
    climber = await seen(climber);
    expect(await cutEverywhere(() => climber.choose('thank'), how)).toBeGreaterThan(5);
    const { run } = await seen(climber);
    expect(run).toMatchObject({ version: 3, moment: 'ending', status: 'ended' });
    expect(run.score).toBeGreaterThan(2_750);
  });

  it('has paid for what it gave, and given what was paid', async () => {
    const climber = await ascend(house, PRIZES);
    const view = await climber.open();
    const lost = lose(view);
    house.clock.pass(200_000);
    await climber.report(view, lost);
    const pay = () => house.arcade.payContinue(climber.climber, { ...climber.at, with: 'coin' });
    expect(await cutEverywhere(pay, how)).toBeGreaterThan(5);
    expect((await seen(climber)).run).toMatchObject({ moment: 'fight', continues: { coins: 90 } });
  });

  it('has paused, resumed and ended whole or not at all', async () => {
    const { climber, run } = await ascend(house, PRIZES);
    for (const call of ['pause', 'resume', 'end'] as const)
      expect(await cutEverywhere(() => house.arcade[call](climber, run.runId), how)).toBe(2);
  });
});
