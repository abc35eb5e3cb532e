import type { Db } from '../db/client';
import type { SpendingLine } from '../gateway/shared-limit';
import { openChannels, type ServiceSet, startGrpc } from './grpc';
import { createHttp, type Http, listenHttp, nothingElse } from './http';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { startTickets } from './tickets';
import { startTournaments } from './tournaments';

/** What a process serves beside the gateway's gRPC. */
export interface GatewayDuties {
  /** The HTTP twin too, and tournaments are moved along. */
  readonly isWhole: boolean;
  /** Further gRPC services. */
  readonly others?: ServiceSet;
  /** To processes that are one gateway with this one. */
  readonly spending?: SpendingLine | undefined;
}

/**
 * Queue, GatewayService, its streams and the HTTP twin; seats and payments where `BACKEND_…` say.
 * @returns where it listens; `listen` opens the HTTP twin, last of all
 */
export async function serveGateway(
  composition: Composition,
  { db, secrets }: { readonly db: Db; readonly secrets: Secrets },
  { isWhole, others, spending }: GatewayDuties,
): Promise<{ readonly grpcPort: number; listen(): Promise<string | undefined> }> {
  await openChannels(composition);
  const tickets = await startTickets(composition, db, secrets, spending);
  if (isWhole) await startTournaments(composition, db, tickets.domain);
  const { port } = await startGrpc(composition, others ? [tickets, others] : [tickets]);
  let http: Http | undefined;
  if (isWhole) {
    http = await createHttp(composition);
    http.routes.mount('/', nothingElse);
    tickets.mount(http);
  }
  return { grpcPort: port, listen: async () => http && listenHttp(composition, http) };
}
