import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One request that came in whole. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Behave = (req: IncomingMessage, res: ServerResponse, nth: number) => unknown;

/** Somebody else's HTTP service, which does whatever a test tells it to. */
export interface OddServer {
  readonly port: number;
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Connections that are open now, and that were ever made. */
  readonly open: ReadonlySet<Socket>;
  connections(): number;
  become(behave: Behave): void;
  /** Cuts every connection, and takes new ones. */
  cut(): void;
  close(): Promise<void>;
}

/** @param onSeen told of each request before it is answered */
export async function startOddServer(
  first: Behave,
  { port = 0, onSeen = () => {} }: { port?: number; onSeen?: (seen: SeenRequest) => void } = {},
): Promise<OddServer> {
  let behave = first;
  let made = 0;
  const seen: SeenRequest[] = [];
  const open = new Set<Socket>();
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { method = '', url = '', headers } = req;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      onSeen(one);
      behave(req, res, seen.length);
    });
    req.on('error', () => {});
  });
  server.on('connection', (socket: Socket) => {
    made += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => open.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const at = typeof address === 'object' && address ? address.port : 0;
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: at,
    url: `http://127.0.0.1:${at}`,
    seen,
    open,
    connections: () => made,
    become(next) {
      behave = next;
    },
    cut,
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}

/** Answers with JSON. */
export const says =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Behave =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  };
