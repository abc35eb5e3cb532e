import type { Clock } from '../../clock';
import type { Prisma, PrismaClient } from '../../db/generated/client';
import type { Role } from '../../db/generated/enums';
import { refusal } from '../refusals';

/** What tournaments and rooms need of the rest of the server. */
export interface TournamentContext {
  readonly db: PrismaClient;
  readonly clock: Clock;
}

/** Inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** Who asks. */
export interface Asker {
  readonly playerId: string;
  readonly role: Role;
  readonly isGuest: boolean;
}

export const today = ({ clock }: Pick<TournamentContext, 'clock'>) => new Date(clock.now());

/** A burst waits for a connection of the pool instead of failing. */
export const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

const withOrganizers = { organizers: { select: { userId: true } } } as const;
export type TournamentRow = Prisma.TournamentGetPayload<{ include: typeof withOrganizers }>;

/**
 * Locks a tournament until the transaction ends, so that whatever changes it comes one after the other.
 * @throws {AppError} no_event
 */
export async function lockTournament(tx: Tx, tournamentId: string): Promise<TournamentRow> {
  // Not `for update`: entrants and seats that refer to it may be added meanwhile.
  await tx.$queryRaw`select 1 from "Tournament" where id = ${tournamentId} for no key update`;
  return getTournament(tx, tournamentId);
}

/** @throws {AppError} no_event */
export async function getTournament(tx: Tx | PrismaClient, tournamentId: string): Promise<TournamentRow> {
  const row = await tx.tournament.findUnique({ where: { id: tournamentId }, include: withOrganizers });
  if (!row) throw refusal('no_event', `Not found: there is no tournament ${tournamentId}.`);
  return row;
}

/** Runs something with a tournament locked; all of it is written or nothing. */
export function withTournament<T>(
  { db }: Pick<TournamentContext, 'db'>,
  tournamentId: string,
  act: (tx: Tx, row: TournamentRow) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (tx) => act(tx, await lockTournament(tx, tournamentId)), TRANSACTION);
}

/** Changes a tournament's row, and tells whoever watches by its version. */
export async function writeTournament(
  tx: Tx,
  tournamentId: string,
  data: Prisma.TournamentUncheckedUpdateInput = {},
): Promise<void> {
  await tx.tournament.update({
    where: { id: tournamentId },
    data: { ...data, version: { increment: 1 } },
    select: { id: true },
  });
}
