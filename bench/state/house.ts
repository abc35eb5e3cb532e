import { once } from 'node:events';
import { createServer } from 'node:http';
import { z } from 'zod';
import { systemClock } from '../../server/clock';
import { createDb } from '../../server/db/client';
import { Router } from '../../server/http/router';
import { closeHttpServer, createHttpServer, listen } from '../../server/http/server';
import { config } from '../../server/http/testing/config';
import { mountState } from '../../server/state/serve-http';
import { createStateManager } from '../../server/state/state-manager';
import { Recording } from './bare';

/**
 * The State Manager in a process of its own, as callers meet it, and beside it a bare server that gives everybody one
 * answer. Tells both ports, and which statements it sent between `record` and `tell`. Ends with the channel to the bench.
 */
const url = process.argv[2] ?? '';
const quiet = { info: () => {}, warn: () => {}, error: console.error };
const recording = new Recording();
const db = createDb(url, 4);
const routes = new Router();
mountState(routes, {
  state: createStateManager({ db, clock: systemClock }),
  callerOf: () => ({ kind: 'trusted' }),
  probe: () => db.$queryRaw`select 1`,
  now: Date.now,
});
const server = createHttpServer({ config, routes, log: quiet });
const port = await listen(server, 0, '127.0.0.1');
let constant = '';
const bare = createServer((req, res) => {
  req.resume().on('end', () => res.writeHead(200, { 'content-type': 'application/json' }).end(constant));
});
bare.listen(0, '127.0.0.1');
await once(bare, 'listening');
const told = z.discriminatedUnion('do', [
  z.object({ do: z.literal('record') }),
  z.object({ do: z.literal('tell') }),
  z.object({ do: z.literal('answer'), text: z.string() }),
]);
process.on('message', (message) => {
  const said = told.parse(message);
  if (said.do === 'record') recording.start();
  if (said.do === 'answer') constant = said.text;
  process.send?.(said.do === 'tell' ? recording.stop() : []);
});
process.on('disconnect', async () => {
  bare.close();
  await closeHttpServer(server);
  await db.$disconnect();
});
const address = z.object({ port: z.int() }).parse(bare.address());
process.send?.({ port, barePort: address.port });
