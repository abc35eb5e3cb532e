import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { config } from '../../http/testing/config';
import { readLadders } from '../../ladders/ladders';
import short from '../../ladders/testing/short.json';
import { createGmApi, type GmOptions } from '../gm';

/** An answer, read. */
export interface Told {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the test says what it expects of it
  readonly body: any;
}

/** A game master somewhere. */
export interface TestGm {
  readonly origin: string;
  post(path: string, body: unknown): Promise<Told>;
  get(path: string): Promise<Told>;
  close(): Promise<void>;
}

const read = async (answer: Response): Promise<Told> => ({
  status: answer.status,
  body: await answer.json(),
});

/** Speaks to a game master at an address. */
export function clientOf(origin: string, close: () => Promise<void>): TestGm {
  return {
    origin,
    async post(path, body) {
      const headers = { 'content-type': 'application/json' };
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return read(await fetch(origin + path, { method: 'POST', headers, body: text }));
    },
    get: async (path) => read(await fetch(origin + path)),
    close,
  };
}

/** The game master on a free port, with the short ladder. */
export async function serveGm(options: Partial<GmOptions> = {}): Promise<TestGm> {
  const routes = new Router();
  const api = createGmApi({
    ladders: readLadders([short]),
    log: { warn: () => {} },
    mayCall: () => true,
    ...options,
  });
  api.mount(routes);
  const server = createHttpServer({ config, routes, log: console });
  const port = await listen(server, 0, '127.0.0.1');
  return clientOf(`http://127.0.0.1:${port}`, async () => {
    await api.close();
    await closeHttpServer(server);
  });
}
