import type { Prisma } from '../../db/generated/client';
import { audit } from '../../records/audit';
import { refusal } from '../refusals';
import {
  type Asker,
  type TournamentContext,
  type TournamentRow,
  TRANSACTION,
  type Tx,
  today,
  withTournament,
  writeTournament,
} from './context';
import { cancelInside } from './ending';
import { factsOf } from './facts';
import type { Terms } from './inputs';
import { assertMayOpenMore, assertRuns, checkPlan, checkTimes, tidyName } from './limits';

/** What those who run a tournament do with it as a whole. Every call rejects with a refusal. */

export async function createTournament(
  ctx: TournamentContext,
  asker: Asker,
  terms: Terms,
): Promise<{ tournamentId: string }> {
  await assertMayOpenMore(ctx, asker);
  const { organizerIds, ...rest } = terms;
  const plan = {
    ...rest,
    name: tidyName(terms.name),
    closesAt: terms.closesAt ?? new Date(terms.startsAt.getTime() - terms.checkInSeconds * 1_000),
  };
  checkPlan(plan, asker);
  checkTimes(plan, ctx.clock.now(), true);
  return ctx.db.$transaction(async (tx) => {
    const now = today(ctx);
    const { id } = await tx.tournament.create({
      data: { ...plan, ownerId: asker.playerId, createdAt: now },
      select: { id: true },
    });
    await setOrganizers(tx, { id, ownerId: asker.playerId }, organizerIds);
    await audit(tx, {
      actorId: asker.playerId,
      action: 'tournament.create',
      target: id,
      after: factsOf(plan),
    });
    return { tournamentId: id };
  }, TRANSACTION);
}

/** Opens registration now instead of at its time. */
export async function openTournament(
  ctx: TournamentContext,
  asker: Asker,
  tournamentId: string,
): Promise<void> {
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    if (row.status !== 'scheduled') throw refusal('not_open', `Conflict: the tournament is ${row.status}.`);
    await writeTournament(tx, tournamentId, { status: 'open', opensAt: today(ctx) });
    await note(tx, asker, 'open', tournamentId);
  });
}

export async function cancelTournament(
  ctx: TournamentContext,
  asker: Asker,
  { tournamentId, reason }: { readonly tournamentId: string; readonly reason: string },
): Promise<void> {
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    if (row.status === 'cancelled') return;
    if (row.status === 'ended') throw refusal('too_late', 'Conflict: the tournament is over.');
    await cancelInside(tx, row, reason.trim() || 'cancelled', today(ctx));
    await note(tx, asker, 'cancel', tournamentId, undefined, undefined, reason);
  });
}

export async function pauseTournament(
  ctx: TournamentContext,
  asker: Asker,
  tournamentId: string,
): Promise<void> {
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    assertNotOver(row);
    if (row.pausedAt) return;
    await writeTournament(tx, tournamentId, { pausedAt: today(ctx) });
    await note(tx, asker, 'pause', tournamentId);
  });
}

/** What had not come yet when it was paused comes later by as much as the pause was long. */
export async function resumeTournament(
  ctx: TournamentContext,
  asker: Asker,
  tournamentId: string,
): Promise<void> {
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    const { pausedAt } = row;
    if (!pausedAt) return;
    const now = today(ctx);
    const pauseMs = now.getTime() - pausedAt.getTime();
    const shifted = (at: Date) => (at > pausedAt ? new Date(at.getTime() + pauseMs) : at);
    await writeTournament(tx, tournamentId, {
      pausedAt: null,
      opensAt: row.status === 'scheduled' ? shifted(row.opensAt) : row.opensAt,
      closesAt: shifted(row.closesAt),
      startsAt: shifted(row.startsAt),
      ...(row.status === 'running' && row.format === 'arena'
        ? { durationSeconds: row.durationSeconds + Math.ceil(pauseMs / 1_000) }
        : {}),
    });
    // Whoever was called has as long as before. Other times of pairings are times of the day, or long past.
    for (const { id, deadlineAt } of await tx.pairing.findMany({ where: { tournamentId, status: 'called' } }))
      await tx.pairing.update({
        where: { id },
        data: { deadlineAt: deadlineAt && shifted(deadlineAt) },
        select: { id: true },
      });
    await note(tx, asker, 'resume', tournamentId);
  });
}

/** Puts words above the bracket and the poster; empty takes them away. */
export async function announce(
  ctx: TournamentContext,
  asker: Asker,
  { tournamentId, text }: { readonly tournamentId: string; readonly text: string },
): Promise<void> {
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    await writeTournament(tx, tournamentId, { announcement: text.trim() });
    await note(tx, asker, 'announce', tournamentId);
  });
}

/** @throws {AppError} too_late */
export function assertNotStarted({ status }: Pick<TournamentRow, 'status'>): void {
  if (status === 'running' || status === 'ended' || status === 'cancelled')
    throw refusal('too_late', `Conflict: the tournament is ${status}.`);
}

/** @throws {AppError} too_late */
export function assertNotOver({ status }: Pick<TournamentRow, 'status'>): void {
  if (status === 'ended' || status === 'cancelled')
    throw refusal('too_late', `Conflict: the tournament is ${status}.`);
}

/** @throws {AppError} no_user */
export async function setOrganizers(
  tx: Tx,
  { id, ownerId }: { readonly id: string; readonly ownerId: string },
  userIds: readonly string[],
): Promise<void> {
  const wanted = [...new Set(userIds)].filter((userId) => userId !== ownerId);
  const known = await tx.user.count({ where: { id: { in: wanted }, isGuest: false } });
  if (known < wanted.length)
    throw refusal('no_user', 'Not found: a co-organiser is somebody with an account.');
  await tx.organizer.deleteMany({ where: { tournamentId: id, userId: { notIn: wanted } } });
  await tx.organizer.createMany({
    data: wanted.map((userId) => ({ tournamentId: id, userId })),
    skipDuplicates: true,
  });
}

/** Leaves a line in the audit. */
export async function note(
  tx: Tx,
  asker: Asker,
  action: string,
  tournamentId: string,
  before?: Prisma.InputJsonObject,
  after?: Prisma.InputJsonObject,
  reason?: string,
): Promise<void> {
  await audit(tx, {
    actorId: asker.playerId,
    action: `tournament.${action}`,
    target: tournamentId,
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    ...(reason ? { reason } : {}),
  });
}
