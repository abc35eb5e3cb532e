import { createServer, type Server, type Socket, connect as tcp } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { limitConnections } from './connections';

let server: Server | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server?.close(resolve));
});

async function listen(limits: { total: number; perAddress: number; isExempt(address: string): boolean }) {
  const one = createServer();
  server = one;
  limitConnections(one, limits);
  one.on('connection', (socket) => {
    if (!socket.destroyed) socket.write('hello');
  });
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const address = one.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return () => {
    const socket = tcp(port, '127.0.0.1');
    sockets.push(socket);
    return new Promise<'let in' | 'cut'>((resolve) => {
      socket.once('data', () => resolve('let in'));
      socket.once('error', () => resolve('cut'));
      socket.once('close', () => resolve('cut'));
    });
  };
}

it('GRPC-12: connections of one address are so many; one that ends makes room', async () => {
  const knock = await listen({ total: 100, perAddress: 2, isExempt: () => false });
  expect([await knock(), await knock(), await knock()]).toEqual(['let in', 'let in', 'cut']);
  const [first] = sockets;
  if (!first) throw new Error('nobody was let in');
  const gone = new Promise((resolve) => first.once('close', resolve));
  first.end();
  await gone;
  expect(await knock()).toBe('let in');
});

it('GRPC-12: loopback is not counted by address; all together are', async () => {
  const knock = await listen({ total: 3, perAddress: 1, isExempt: (address) => address === '127.0.0.1' });
  expect([await knock(), await knock(), await knock(), await knock()]).toEqual([
    'let in',
    'let in',
    'let in',
    'cut',
  ]);
  // A worker that is full hangs up itself: Node would hand the connection on to the next one.
  expect(server?.maxConnections).toBeUndefined();
  const [first] = sockets;
  if (!first) throw new Error('nobody was let in');
  const gone = new Promise((resolve) => first.once('close', resolve));
  first.end();
  await gone;
  expect(await knock()).toBe('let in');
});
