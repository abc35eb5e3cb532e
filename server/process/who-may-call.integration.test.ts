import { createServer, request, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config';
import { TOKEN_KEY } from '../grpc/internal-auth';
import { NOT_ITSELF } from '../http/near';
import { listen } from '../http/server';
import { ownHeaders, serviceCallers } from './service-callers';

const authSecret = 'a'.repeat(40);
const internalApiKey = 'a-key-of-the-house';
const database = { DATABASE_URL: 'postgresql://arcade@db/arcade' };

let server: Server | undefined;
afterEach(() => server?.close());

/** Whether a service lets a request in that comes over loopback with these headers. */
async function isLetIn(
  env: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
  secret: string | undefined = authSecret,
): Promise<boolean> {
  const config = loadConfig(env);
  const mayCall = serviceCallers(
    config,
    { authSecret: secret, internalApiKey: config.INTERNAL_API_KEY },
    'arcade.rules',
  );
  server = createServer((req, res) => void res.writeHead(mayCall(req) ? 200 : 401).end());
  const port = await listen(server, 0, '127.0.0.1');
  const status = await new Promise<number>((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', headers, agent: false }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    asked.once('error', reject).end();
  });
  server.close();
  return status === 200;
}

const own = ownHeaders({ authSecret, internalApiKey: undefined }, 'arcade.rules');
const WITH_KEY = { ...database, INTERNAL_API_KEY: internalApiKey };

describe('a service of ours without accounts', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['this machine itself, where nobody else can be behind it', {}, {}],
    ['the arcade by its own token, with a database of one’s own', database, own],
    ['the arcade by its own token, with a key', WITH_KEY, own],
    ['whoever shows the key', WITH_KEY, { 'x-internal-key': internalApiKey }],
    ['whoever shows the key as bearer', WITH_KEY, { authorization: `Bearer ${internalApiKey}` }],
    [
      'the arcade by its own token, passed on by a proxy',
      database,
      { ...own, 'x-forwarded-for': '10.0.0.1' },
    ],
  ])('lets in %s', async (_who, env, headers) => {
    expect(await isLetIn(env, headers)).toBe(true);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['loopback alone, with a database of one’s own', database, {}],
    ['loopback alone, with a key', { INTERNAL_API_KEY: internalApiKey }, {}],
    ['loopback alone, behind a proxy', { TRUST_PROXY: '1' }, {}],
    ['loopback alone, at a public address', { NEXTAUTH_URL: 'https://arcade.example' }, {}],
    ['another key', WITH_KEY, { 'x-internal-key': `${internalApiKey}x` }],
    ['another bearer', WITH_KEY, { authorization: 'Bearer nothing' }],
    ['a key where none is set', database, { 'x-internal-key': '' }],
    [
      'the token of another service',
      database,
      { ...ownHeaders({ authSecret, internalApiKey: undefined }, 'arcade.gm') },
    ],
    [
      'the token of another arcade',
      database,
      { ...ownHeaders({ authSecret: 'b'.repeat(40), internalApiKey: undefined }, 'arcade.rules') },
    ],
    ['a page whose name leads here', {}, { host: 'stranger.example' }],
    ...NOT_ITSELF.map((name): [string, Record<string, string>, Record<string, string>] => [
      `what was passed on, or made by a page: ${name}`,
      {},
      { [name]: name === 'sec-fetch-site' ? 'same-origin' : '127.0.0.1' },
    ]),
  ])('refuses %s', async (_who, env, headers) => {
    expect(await isLetIn(env, headers)).toBe(false);
  });

  it('opens to no empty token where there is no secret', async () => {
    expect(ownHeaders({ authSecret: undefined, internalApiKey: undefined }, 'arcade.rules')).toEqual({});
    expect(await isLetIn(database, { [TOKEN_KEY]: '' }, undefined)).toBe(false);
  });
});
