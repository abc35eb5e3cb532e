import { systemClock } from '../clock';
import type { Config } from '../config';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import { openNumberFlags } from '../flags/shares';
import type { Backends } from '../gateway/backends';
import { createBackends, type RemoteBackends } from '../gateway/clients/factory';
import { mirroredReservations } from '../gateway/mirrored-reservations';
import { payableOnly, tellingSeats } from '../gateway/paid-elsewhere';
import { paidSeatsElsewhere, paidSeatsHere } from '../gateway/paid-seats';
import type { People } from '../gateway/people';
import { seatKeeper } from '../gateway/seat-keeper';
import type { PartHealth } from '../health';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { tokensOf } from './ticket-books';
import { placesIn, type TicketDomain } from './ticket-domain';

/** Seats and payments where the configuration says; each that is elsewhere is a part of the health report. */
export async function openBackends(
  { config, parts }: Composition,
  db: Db,
  secrets: Secrets,
  local: Backends,
): Promise<RemoteBackends> {
  const flags = await parts.start('flags', () => openNumberFlags(db), { stop: (open) => open.close() });
  const backends = await parts.start(
    'backends',
    () =>
      createBackends({
        config,
        local,
        keys: secrets,
        flags,
        db,
      }),
    { stop: (open) => open.close() },
  );
  for (const name of Object.keys(backends.health()))
    await parts.start(name, () => name, {
      isDispensable: true,
      health: (): PartHealth => backends.health()[name] ?? { status: 'ok' },
    });
  return backends;
}

/** @throws UNAVAILABLE until they are */
export function mustBeOpen(backends: Backends | undefined): Backends {
  if (backends) return backends;
  throw new AppError('UNAVAILABLE', 'The services behind the gateway are not open yet.');
}

/** Begins to hear of seats that are kept elsewhere. */
export async function startMirror({ parts }: Composition, { mirror }: TicketDomain): Promise<void> {
  if (mirror) await parts.start('seats elsewhere', () => mirror.start(), { stop: () => mirror.close() });
}

/** The same services, minding what only the arcade knows of what is kept elsewhere. */
export function minded(
  { config, db, people }: { readonly config: Config; readonly db: Db; readonly people: People },
  domain: TicketDomain,
  backends: Backends,
): Backends {
  const { reservations: hooks, mirror } = domain;
  const { hasPayments } = placesIn(config);
  if (!mirror && !hasPayments) return backends;
  const clock = systemClock;
  const keeper = seatKeeper(() => backends.reservations);
  const reservations = mirror
    ? mirroredReservations(backends.reservations, {
        db,
        clock,
        mirror,
        keeper,
        verifyToken: tokensOf(config),
      })
    : backends.reservations;
  const seats = mirror ? paidSeatsElsewhere(db, reservations, hooks) : paidSeatsHere(hooks);
  const payments = hasPayments ? payableOnly(backends.payments, { seats, people, clock }) : backends.payments;
  return { reservations, payments: tellingSeats(payments, seats) };
}
