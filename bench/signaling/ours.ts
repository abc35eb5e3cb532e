import { createServer } from 'node:http';
import { pino } from 'pino';
import { createDb } from '../../server/db/client';
import type { MatchJudge } from '../../server/sessions/sessions';
import { attachSignaling } from '../../server/signaling/server';
import { serve } from './serving';
import { personOf } from './wire';

/** The arcade's signaling in a process of its own, on the bench's database; the token is who it is, and the judge has nothing to do. */
const db = createDb(process.argv[2] ?? '', 10);
const nothing = [0, 0] as const;
const progress = async () => ({ nextFrames: nothing, toldEnds: nothing, nextOwn: nothing, judged: 0 });
const judge: MatchJudge = {
  createMatch: progress,
  pushInputs: progress,
  pushOwnInputs: progress,
  endMatch: progress,
  columns: async () => [new Uint8Array(), new Uint8Array()],
};
const httpServer = createServer((_request, response) => response.writeHead(404).end());
const signaling = attachSignaling({
  httpServer,
  db,
  config: { TRUST_PROXY: false, TURN_URLS: [] },
  async verifyToken(token) {
    const { id, name } = personOf(token);
    return { playerId: id, playerName: name, epoch: 0, loginId: id };
  },
  readCookieUser: async () => null,
  watchLogin: () => () => undefined,
  matchClient: judge,
  log: pino({ level: 'error' }),
});
await signaling.ready;
await serve(httpServer, async () => {
  await signaling.close();
  await db.$disconnect();
});
