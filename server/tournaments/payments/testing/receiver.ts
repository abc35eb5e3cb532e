import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly path: string;
}

/** A real HTTP server that takes webhooks. */
export interface Receiver {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly received: readonly Received[];
  /** What it answers next, one after the other; then always 200. 0: nothing at all. */
  answer(...statuses: number[]): void;
  close(): Promise<void>;
}

export async function startReceiver(redirectTo = 'http://127.0.0.1:1/'): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts), path: request.url ?? '' });
      const status = answers.shift() ?? 200;
      if (status === 0) return;
      response.writeHead(status, status >= 300 && status < 400 ? { Location: redirectTo } : {});
      response.end('taken');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: `127.0.0.1:${address.port}`,
    received,
    answer: (...statuses) => {
      answers.push(...statuses);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
