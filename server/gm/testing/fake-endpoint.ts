import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A model's endpoint that does what a test wants. */
export interface FakeEndpoint {
  readonly url: string;
  /** Bodies and headers that came, oldest first. */
  readonly asked: readonly { readonly body: string; readonly authorization: string | undefined }[];
  /** Requests that are being answered. */
  readonly open: number;
  behave(how: (res: ServerResponse, req: IncomingMessage) => void): void;
  /** Waits until so many have come. */
  came(count: number): Promise<void>;
  close(): Promise<void>;
}

export const sayCompletion = (content: unknown) => (res: ServerResponse) => {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
};

export async function startFakeEndpoint(): Promise<FakeEndpoint> {
  let how: (res: ServerResponse, req: IncomingMessage) => void = sayCompletion('Hands up, friend.');
  let open = 0;
  const asked: { body: string; authorization: string | undefined }[] = [];
  const server = createServer(async (req, res) => {
    open += 1;
    res.once('close', () => {
      open -= 1;
    });
    let body = '';
    for await (const chunk of req) body += String(chunk);
    asked.push({ body, authorization: req.headers.authorization });
    server.emit('came');
    how(res, req);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    asked,
    get open() {
      return open;
    },
    behave(next) {
      how = next;
    },
    async came(count) {
      while (asked.length < count) await once(server, 'came');
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
