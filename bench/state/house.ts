import { PrismaPg } from '@prisma/adapter-pg';
import { systemClock } from '../../server/clock';
import { PrismaClient } from '../../server/db/generated/client';
import { Router } from '../../server/http/router';
import { closeHttpServer, createHttpServer, listen } from '../../server/http/server';
import { config } from '../../server/http/testing/config';
import { mountState } from '../../server/state/serve-http';
import { createStateManager } from '../../server/state/state-manager';
import { RecordingPool } from './bare';

/**
 * The State Manager in a process of its own, as callers meet it: tells its port, and on `record` and `told` which
 * statements it sent in between. Ends with the channel to the bench.
 */
const url = process.argv[2] ?? '';
const quiet = { info: () => {}, warn: () => {}, error: console.error };
const recording = new RecordingPool(url);
const db = new PrismaClient({ adapter: new PrismaPg(recording.pool, { disposeExternalPool: true }) });
const routes = new Router();
mountState(routes, {
  state: createStateManager({ db, clock: systemClock }),
  callerOf: () => ({ kind: 'trusted' }),
  probe: () => db.$queryRaw`select 1`,
  now: Date.now,
});
const server = createHttpServer({ config, routes, log: quiet });
const port = await listen(server, 0, '127.0.0.1');
process.on('message', (said) => {
  if (said === 'record') recording.start();
  process.send?.(said === 'told' ? recording.stop() : []);
});
process.on('disconnect', async () => {
  await closeHttpServer(server);
  await db.$disconnect();
});
process.send?.(port);
