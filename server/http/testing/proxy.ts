import { connect, createServer, type Socket } from 'node:net';

/** A reverse proxy as far as a client notices: bytes both ways, or 502 while what is behind it is away. */
export interface TestProxy {
  readonly origin: string;
  /** `down` breaks what is open and answers 502 in HTML; `no upgrades` passes requests but no WebSockets. */
  set(mode: 'up' | 'down' | 'no upgrades'): void;
  /** Connections that were passed on and go on. */
  readonly open: number;
  close(): Promise<void>;
}

const BAD_GATEWAY =
  'HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 24\r\nconnection: close\r\n\r\n<html>Bad Gateway</html>';

/** @param port of the server behind it */
export async function startTestProxy(port: number): Promise<TestProxy> {
  let mode: 'up' | 'down' | 'no upgrades' = 'up';
  const passed = new Set<Socket>();
  const server = createServer((client) => {
    client.on('error', () => {});
    client.once('data', (first) => {
      const isUpgrade = /^upgrade: websocket/im.test(first.toString('latin1'));
      if (mode === 'down' || (mode === 'no upgrades' && isUpgrade)) {
        client.end(BAD_GATEWAY);
        return;
      }
      const behind = connect(port, '127.0.0.1');
      behind.on('error', () => client.destroy());
      behind.write(first);
      client.pipe(behind).pipe(client);
      passed.add(client);
      client.once('close', () => {
        passed.delete(client);
        behind.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    set(next) {
      mode = next;
      if (next === 'down') for (const client of passed) client.destroy();
    },
    get open() {
      return passed.size;
    },
    async close() {
      for (const client of passed) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
