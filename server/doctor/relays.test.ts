import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { askRelay } from './relays';

it('PROC-9: where the second of two lines does not come about the first one is closed', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).resume());
  const closed = new Promise((resolve) => {
    server.on('connection', (socket) => socket.on('close', () => resolve('closed')));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  let asked = 0;
  const credentials = () => {
    asked += 1;
    // Asked once in advance, and once for each line.
    if (asked > 2) throw new Error('no more');
    return { username: 'somebody', password: 'secret' };
  };
  const report = await askRelay(
    { kind: 'turn', transport: 'tcp', host: '127.0.0.1', port, url: `turn:127.0.0.1:${port}?transport=tcp` },
    { withinMs: 200, credentials },
  );
  expect(report).toMatchObject({ works: false, says: 'no more' });
  const late = new Promise((resolve) => setTimeout(resolve, 2_000, 'open'));
  expect(await Promise.race([closed, late])).toBe('closed');
  server.close();
});
