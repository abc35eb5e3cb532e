import { accountServices } from '../auth/services';
import type { Db } from '../db/client';
import type { Backends } from '../gateway/backends';
import { createGateway, localBackends } from '../gateway/gateway';
import { createPeople } from '../gateway/people';
import type { SpendingLine } from '../gateway/shared-limit';
import type { PartHealth } from '../health';
import { publishDesk } from '../tournaments/desk';
import type { BoardWay } from '../upstream/service-board';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { minded, mustBeOpen, openBackends, startMirror } from './ticket-backends';
import { simulation } from './ticket-books';
import { startTicketDomain, type TicketDomain } from './ticket-domain';
import { openKeeper, type Served, serve, webhooksOf } from './ticket-surface';

const VERSION = '0.1.0';

/** What a process with a gateway has. */
export interface Tickets extends Served {
  readonly domain: TicketDomain;
  readonly backends: Backends;
  /** What the gateway answered, and every way to seats and payments that are elsewhere. */
  boards(): readonly BoardWay[];
}

/** Queue, seats, payments, the gateway in front of them, and the desk of the pages. */
export async function startTickets(
  composition: Composition,
  db: Db,
  secrets: Secrets,
  spending?: SpendingLine | undefined,
): Promise<Tickets> {
  const { config, parts } = composition;
  const people = createPeople(db, config.QUEUE_GUESTS);
  let opened: Backends | undefined;
  const domain = await startTicketDomain(composition, db, () => mustBeOpen(opened));
  const backends = await openBackends(composition, db, secrets, localBackends(people, domain));
  opened = backends;
  await startMirror(composition, domain);
  const served = minded({ config, db, people }, domain, backends);
  const keeper = await openKeeper(composition);
  const surface = createGateway({ config, keys: secrets, db, people, keeper, spending }, domain, {
    backends: served,
    accounts: accountServices(),
    health: () =>
      parts
        .health()
        .then((all) => ({ ...pick(all, 'queue', 'reservations', 'payments'), ...backends.health() })),
    version: VERSION,
    scenarios: simulation(config, domain.payments),
    receiveWebhook: webhooksOf(config, domain.payments),
  });
  await parts.start('desk', () => publishDesk({ queue: domain.queue, ...served }), {
    stop: (close) => close(),
  });
  const boards = () => [...surface.boards(), ...backends.boards()];
  return { ...(await serve(composition, surface)), domain, backends: served, boards };
}

function pick(
  all: Readonly<Record<string, PartHealth>>,
  ...names: readonly string[]
): Record<string, PartHealth> {
  return Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
}
