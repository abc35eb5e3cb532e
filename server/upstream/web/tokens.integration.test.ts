import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError, errorEnvelope } from '../../errors';
import { ALLOWED, failureOf, neighboursAt, QUESTION } from './testing/neighbours';
import { says, startOddServer } from './testing/odd-server';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const KEY = 'a key of the tests, long';
const BEARER = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwMSJ9.c2lnbmF0dXJl';

async function set(env: Record<string, string>, verifyToken?: (token: string) => Promise<unknown>) {
  const server = await startOddServer(says(ALLOWED));
  const neighbours = neighboursAt(server.url, env, { verifyToken });
  undo.push(
    () => server.close(),
    () => neighbours.close(),
  );
  /** What the service saw of whoever asked. */
  const shown = async (bearer?: string) => {
    await neighbours.ruleEngine.validate(QUESTION, { bearer });
    const { authorization, cookie, 'x-internal-key': key } = server.seen.at(-1)?.headers ?? {};
    return { authorization, cookie, key };
  };
  return { server, neighbours, shown };
}

describe('PROXY-4: what goes along', () => {
  it('with PROXY_AUTH=bearer is the caller’s token, and only where the call names it', async () => {
    const { shown } = await set({ PROXY_AUTH: 'bearer', INTERNAL_API_KEY: KEY });
    expect(await shown(BEARER)).toEqual({ authorization: `Bearer ${BEARER}` });
    expect(await shown()).toEqual({});
  });

  it('with PROXY_AUTH=key is our key, and nothing of the caller’s', async () => {
    const { shown } = await set({ INTERNAL_API_KEY: KEY });
    expect(await shown(BEARER)).toEqual({ authorization: `Bearer ${KEY}`, key: KEY });
    expect(await shown()).toEqual({ authorization: `Bearer ${KEY}`, key: KEY });
    const without = await set({});
    expect(await without.shown(BEARER)).toEqual({});
  });

  it('with PROXY_AUTH=jwt is the caller’s token once it was looked at; a bad one is 401 and nothing is sent', async () => {
    const verify = vi.fn(async (token: string) => {
      if (token !== BEARER) throw new AppError('UNAUTHENTICATED', 'The token is not valid.');
    });
    const { server, neighbours, shown } = await set({ PROXY_AUTH: 'jwt', INTERNAL_API_KEY: KEY }, verify);
    expect(await shown(BEARER)).toEqual({ authorization: `Bearer ${BEARER}` });
    expect(await shown()).toEqual({});
    expect(verify).toHaveBeenCalledTimes(1);
    const error = await failureOf(neighbours.ruleEngine.validate(QUESTION, { bearer: 'forged' }));
    expect(errorEnvelope(error)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(server.seen).toHaveLength(2);
  });

  it('with PROXY_AUTH=jwt needs somebody who verifies', () => {
    expect(() => neighboursAt('http://127.0.0.1:1', { PROXY_AUTH: 'jwt' })).toThrow('who verifies');
  });

  it('is never what can’t be a token', async () => {
    const { server, neighbours } = await set({ PROXY_AUTH: 'bearer' });
    for (const bearer of ['', 'two words', 'a\r\nx-internal-key: b', '틀림']) {
      const error = await failureOf(neighbours.ruleEngine.validate(QUESTION, { bearer }));
      expect(errorEnvelope(error).status).toBe(401);
    }
    expect(server.seen).toHaveLength(0);
  });
});
