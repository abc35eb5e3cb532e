import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_RELATIONS } from '../../proto/social';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { hearsNothingOf, isApart, listRelations, setRelation } from './relations';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

let count = 0;
async function person(): Promise<string> {
  count += 1;
  const username = `person${count}`;
  const { id } = await database.db.user.create({ data: { username, usernameKey: username } });
  return id;
}

it('a favourite and a block exclude each other, and the newer one holds', async () => {
  const [one, two] = [await person(), await person()];
  const set = (kind: 'favourite' | 'block' | 'mute', on = true) =>
    setRelation(database.db, { ownerId: one, targetId: two, kind, on });
  const kinds = async () => (await listRelations(database.db, one))[0]?.kinds;
  await set('favourite');
  await set('favourite');
  await set('mute');
  expect(await kinds()).toEqual(['favourite', 'mute']);
  await set('block');
  expect(await kinds()).toEqual(['block', 'mute']);
  expect(await isApart(database.db, one, two)).toBe(true);
  expect(await isApart(database.db, two, one)).toBe(true);
  await set('favourite');
  expect(await isApart(database.db, two, one)).toBe(false);
  expect(await hearsNothingOf(database.db, one, two)).toBe(true);
  expect(await hearsNothingOf(database.db, two, one)).toBe(false);
  await set('mute', false);
  await set('favourite', false);
  expect(await listRelations(database.db, one)).toEqual([]);
});

it('is about others who exist', async () => {
  const one = await person();
  const set = (targetId: string) =>
    setRelation(database.db, { ownerId: one, targetId, kind: 'block', on: true });
  await expect(set(one)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(set('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('grows up to a limit, also when many come at once', async () => {
  const one = await person();
  const data = Array.from({ length: MAX_RELATIONS + 5 }, (_, index) => ({
    username: `many${index}`,
    usernameKey: `many${index}`,
  }));
  const others = await database.db.user.createManyAndReturn({ data, select: { id: true } });
  const ids = others.map(({ id }) => id);
  await database.db.relation.createMany({
    data: ids.slice(0, MAX_RELATIONS - 1).map((targetId) => ({ ownerId: one, targetId, kind: 'block' })),
  });
  const rest = await Promise.allSettled(
    ids
      .slice(MAX_RELATIONS - 1)
      .map((targetId) => setRelation(database.db, { ownerId: one, targetId, kind: 'block', on: true })),
  );
  expect(rest.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await database.db.relation.count({ where: { ownerId: one } })).toBe(MAX_RELATIONS);
});
