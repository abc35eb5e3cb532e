import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { issueApiToken } from '../../auth/api-token';
import type { Db } from '../../db/client';
import { addPeople } from '../../tournaments/queue/testing/cup';

/** A player's own client over HTTP, which knows the public paths only. */
export async function publicClient(db: Db, origin: string) {
  const [id = ''] = await addPeople(db, 1);
  const { sessionEpoch: epoch } = await db.user.findUniqueOrThrow({ where: { id } });
  const { token } = await issueApiToken({ playerId: id, epoch, loginId: randomUUID() });
  const send = async (method: string, path: string, body?: object, key: string = randomUUID()) => {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body ? { 'idempotency-key': key, 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    id,
    token,
    get: (path: string) => send('GET', path),
    /** @param key of the request; a new one by default */
    post: (path: string, body: object, key?: string) => send('POST', path, body, key),
  };
}
export type PublicClient = Awaited<ReturnType<typeof publicClient>>;

/** Through the queue. @returns the reservation token */
export async function admitted({ post, get }: PublicClient, event_id: string): Promise<string> {
  const joined = await post('/queue/join', { event_id });
  expect(joined.status).toBe(202);
  const { waiting_token } = joined.body;
  await expect
    .poll(async () => (await get(`/queue/status?token=${waiting_token}`)).body.ready_for_entry, {
      timeout: 20_000,
      interval: 100,
    })
    .toBe(true);
  const entered = await post('/queue/enter', { waiting_token });
  expect(entered).toMatchObject({ status: 200, body: { admission: 'granted' } });
  return entered.body.reservation_token;
}
