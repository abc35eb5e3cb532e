import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { asAppError } from '../errors';
import { fairLogIns } from './fair-log-ins';

it('AUTH-11: six hundred log-ins of one address keep no other waiting before they reach next-auth', async () => {
  const reached: string[] = [];
  const handler = fairLogIns((req, res) => {
    reached.push(String(req.headers['x-forwarded-for']));
    setImmediate(() => res.end());
  });
  let arrived = 0;
  let release = () => {};
  const all = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (req, res) => {
    arrived += 1;
    if (arrived === 301) release();
    // All of them are there before the first is let through.
    await all;
    try {
      await handler(req, res, {});
    } catch (error) {
      res.writeHead(asAppError(error)?.code === 'UNAVAILABLE' ? 503 : 500).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const post = (address: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'x-forwarded-for': address };
      request(
        { port, method: 'POST', path: '/api/auth/callback/credentials', headers, agent: false },
        (res) => {
          res.resume().on('end', () => resolve(res.statusCode));
        },
      )
        .on('error', reject)
        .end();
    });
  const flood = Array.from({ length: 300 }, () => post('10.0.0.1'));
  const other = post('10.0.0.2');
  const statuses = await Promise.all(flood);
  expect(await other).toBe(200);
  // Eight at once, and then it was the other's turn at the latest.
  expect(reached.indexOf('10.0.0.2')).toBeLessThanOrEqual(10);
  expect(statuses.filter((status) => status === 200)).toHaveLength(208);
  expect(statuses.filter((status) => status === 503)).toHaveLength(92);
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
