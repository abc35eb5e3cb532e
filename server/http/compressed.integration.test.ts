import { get, type Server } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compressed } from './compressed';
import { type Handler, Router } from './router';
import { closeHttpServer, createHttpServer, listen } from './server';
import { config } from './testing/config';

let server: Server | undefined;

afterEach(async () => {
  if (server) await closeHttpServer(server);
  server = undefined;
});

/** The encoding in which a client that takes `accepted` gets an answer of so many bytes. */
async function encodingOf(type: string, bytes: number, accepted: string): Promise<string | undefined> {
  const routes = new Router();
  const answer: Handler = (_req, res) => {
    res.writeHead(200, { 'content-type': type, 'content-length': bytes });
    res.end('x'.repeat(bytes));
  };
  routes.mount('/', compressed(answer));
  server = createHttpServer({ config, routes, log: { error: vi.fn() } });
  const port = await listen(server, 0, '127.0.0.1');
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', headers: { 'accept-encoding': accepted } }, (res) => {
      res.resume().on('end', () => resolve(res.headers['content-encoding']));
    }).on('error', reject);
  });
}

describe('HTTP-7: answers made on the fly', () => {
  it.each([
    ['br', 1_024, 'br'],
    ['gzip', 1_024, 'gzip'],
    ['br', 1_023, undefined],
    ['identity', 1_024, undefined],
  ])('for who takes %s, of %i bytes, are encoded as %s', async (accepted, bytes, encoding) => {
    expect(await encodingOf('application/json; charset=utf-8', bytes, accepted)).toBe(encoding);
  });

  it.each(['text/event-stream', 'text/event-stream; charset=utf-8'])('of %s are left alone', async (type) => {
    expect(await encodingOf(type, 10_000, 'br, gzip')).toBeUndefined();
  });
});
