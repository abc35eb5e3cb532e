import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeDb, openDb } from '@/server/db/client';
import { createTestDatabase, type TestDatabase } from '@/server/db/testing';
import { GET } from './route';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  openDb(database.url);
});
afterAll(async () => {
  await closeDb();
  await database.drop();
});

const get = (query: string) => GET(new Request(`http://arcade/api/matchups${query}`));

async function store(characters: [number, number], winner: number, reason = 'knockout'): Promise<void> {
  const name = randomUUID();
  const player = { username: name, usernameKey: name };
  const { id } = await database.db.user.create({ data: player });
  await database.db.matchSession.create({
    data: {
      player1Id: id,
      player2Id: id,
      player1Character: characters[0],
      player2Character: characters[1],
      status: 'ended',
      result: { create: { winner, reason, frames: 1, checksum: 0n } },
    },
  });
}

describe('GET /api/matchups', () => {
  it('counts the fights that were fought out, whichever side each character was on', async () => {
    await store([1, 2], 1);
    await store([1, 2], 2, 'timeout');
    await store([2, 1], 2);
    await store([2, 1], 0, 'draw');
    await store([1, 2], 2, 'forfeit');
    await store([1, 2], 0, 'disputed');
    await store([1, 1], 2);
    const body = await (await get('?player1=1&player2=2')).json();
    expect(body.results).toEqual({ matches: 4, player1Wins: 2, player2Wins: 1, draws: 1 });
    const turned = await (await get('?player1=2&player2=1')).json();
    expect(turned.results).toEqual({ matches: 4, player1Wins: 1, player2Wins: 2, draws: 1 });
    const mirror = await (await get('?player1=1&player2=1')).json();
    expect(mirror.results).toEqual({ matches: 1, player1Wins: 0, player2Wins: 1, draws: 0 });
  });

  it('compares the two, and turned round says the opposite', async () => {
    const { facts, punishes } = await (await get('?player1=1&player2=2')).json();
    const turned = await (await get('?player1=2&player2=1')).json();
    expect(facts.length).toBeGreaterThan(3);
    facts.forEach((fact: { player1: number; player2: number; favours: number }, i: number) => {
      const { player1, player2, favours } = turned.facts[i];
      expect([player2, player1]).toEqual([fact.player1, fact.player2]);
      expect(favours).toBe([0, 2, 1][fact.favours]);
    });
    expect(turned.punishes).toEqual({ player1: punishes.player2, player2: punishes.player1 });
    for (const { openFrames, by } of [...punishes.player1, ...punishes.player2]) {
      expect(openFrames).toBeGreaterThan(0);
      expect(by.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['', 400, 'BAD_REQUEST', 'player1'],
    ['?player1=1', 400, 'BAD_REQUEST', 'player2'],
    ['?player1=1&player2=zwei', 400, 'BAD_REQUEST', 'player2'],
    ['?player1=77&player2=1', 404, 'NOT_FOUND', 'player1'],
  ])('answers %j with the error envelope', async (query, status, code, field) => {
    const response = await get(query);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status: 'error', code, detail: { field } });
  });
});
