import { systemClock } from './clock';
import { openDatabase } from './process/database';
import { openChannels } from './process/grpc';
import { createHttp, listenHttp, nothingElse, startAdmin } from './process/http';
import { watchNeighbours } from './process/neighbours';
import { runProcess } from './process/run';
import { startSignaling } from './process/signaling';
import { deafTo, startQueue } from './process/ticket-domain';
import { startTournaments } from './process/tournaments';

/** Lobby and signaling alone; `MATCH_GRPC_ADDRESS` says where matches are judged. */
await runProcess('signaling', async (composition) => {
  const { db, secrets } = await openDatabase(composition, { mayJoin: true });
  await openChannels(composition);
  await watchNeighbours(composition, ['judge']);
  const http = await createHttp(composition);
  http.routes.mount('/', nothingElse);
  await startAdmin(composition);
  // Rooms queue where their fights are.
  const mirror = deafTo(composition.config);
  const queue = await startQueue(composition, db, systemClock, mirror);
  await startTournaments(
    composition,
    db,
    { queue, mirror },
    await startSignaling(composition, http, db, secrets),
  );
  return `Signaling is ready at ${await listenHttp(composition, http)}/ws/signal`;
});
