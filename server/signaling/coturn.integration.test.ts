import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, TurnClient } from '../doctor/turn/client';
import type { Address } from '../doctor/turn/message';
import { iceServersFor } from './ice';
import { type Coturn, startCoturn } from './testing/coturn';

/** A real coturn with the file that we ship, and the credentials that the arcade gives a player. */

let turn: Coturn;
const clients: TurnClient[] = [];

beforeAll(async () => {
  turn = await startCoturn();
});
afterAll(async () => {
  for (const client of clients) client.close();
  await turn.stop();
});

async function open(credentials: Credentials): Promise<TurnClient> {
  const client = await TurnClient.open({ server: turn.address, credentials });
  clients.push(client);
  return client;
}

function credentialsOf(playerId: string, nowMs = Date.now()): Credentials {
  const urls = [`turn:127.0.0.1:${turn.address.port}`];
  const [found] = iceServersFor(playerId, { urls, secret: turn.secret }, nowMs);
  return { username: found?.username ?? '', password: found?.credential ?? '' };
}

async function allocated(playerId: string): Promise<{ client: TurnClient; relayed: Address }> {
  const client = await open(credentialsOf(playerId));
  const relayed = await client.allocate();
  if (typeof relayed === 'number') throw new Error(`refused: ${relayed}`);
  return { client, relayed };
}

describe('coturn as we ship it', () => {
  it('PEER-10: carries packets between two players with the credentials that the arcade gives', async () => {
    const [one, two] = [await allocated('one'), await allocated('two')];
    expect(await one.client.permit(two.relayed)).toBe(0);
    expect(await two.client.permit(one.relayed)).toBe(0);
    for (let tries = 0; tries < 50 && two.client.heard.length === 0; tries += 1) {
      one.client.send(two.relayed, 'a frame');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(two.client.heard[0]).toBe('a frame');
  });

  it('lets nobody in with another secret, or with credentials that have expired', async () => {
    const { username } = credentialsOf('thief');
    expect(await (await open({ username, password: 'guessed' })).allocate()).toBe(401);
    const old = credentialsOf('late', Date.now() - 7 * 3_600_000);
    expect(await (await open(old)).allocate()).toBe(401);
  });

  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.2',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '0.0.0.1',
    '224.0.0.1',
    '240.0.0.1',
  ])('is no door to %s', async (ip) => {
    const { client } = await allocated(`curious ${ip}`.replace(' ', '-'));
    expect(await client.permit({ ip, port: 80 })).toBe(403);
  });

  it('gives one player twelve allocations, whatever name and time they are asked with', async () => {
    const found: (Address | number)[] = [];
    for (let i = 0; i < 14; i += 1)
      found.push(await (await open(credentialsOf('greedy', Date.now() + i * 60_000))).allocate());
    expect(found.filter((one) => typeof one !== 'number')).toHaveLength(12);
    expect(found.slice(12)).toEqual([486, 486]);
  });
});
