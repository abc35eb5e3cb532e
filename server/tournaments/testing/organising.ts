import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../../db/generated/client';
import type { Role } from '../../db/generated/enums';
import type { Asker, TournamentContext } from '../running/context';
import { termsSchema } from '../running/inputs';
import { createTournament } from '../running/organise';

/** Tournaments and people for tests of what organisers do. */

export const HOUR_MS = 3_600_000;

export async function enterPerson(
  db: PrismaClient,
  role: Role = 'player',
  isGuest = false,
  more: { readonly username?: string; readonly bannedAt?: Date } = {},
): Promise<Asker> {
  const { username = 'Somebody', ...rest } = more;
  const usernameKey = more.username?.toLowerCase() ?? randomUUID();
  const { id } = await db.user.create({ data: { username, usernameKey, role, isGuest, ...rest } });
  return { playerId: id, role, isGuest };
}

/** Of 8 seats; it opens in an hour and starts in two. */
export async function holdTournament(
  ctx: TournamentContext,
  owner: Asker,
  more: Record<string, unknown> = {},
): Promise<string> {
  const at = (ms: number) => new Date(ctx.clock.now() + ms).toISOString();
  const terms = { name: 'Friday Cup', seats: 8, opensAt: at(HOUR_MS), startsAt: at(2 * HOUR_MS), ...more };
  return (await createTournament(ctx, owner, termsSchema.parse(terms))).tournamentId;
}

/** A seat as it is in the database once it is confirmed, or held where `more` says so. */
export async function giveSeatTo(
  { db, clock }: TournamentContext,
  eventId: string,
  { playerId }: Asker,
  more: Record<string, unknown> = {},
): Promise<string> {
  const now = new Date(clock.now());
  const { id } = await db.reservation.create({
    data: {
      eventId,
      userId: playerId,
      status: 'confirmed',
      seat: (await db.reservation.count({ where: { eventId } })) + 1,
      fee: 0,
      holdExpiresAt: new Date(clock.now() + 300_000),
      confirmedAt: now,
      createdAt: now,
      ...more,
    },
  });
  const { status } = await db.tournament.findUniqueOrThrow({ where: { id: eventId } });
  if (more.status !== 'hold')
    await db.entrant.create({
      data: {
        tournamentId: eventId,
        userId: playerId,
        reservationId: id,
        enteredAt: now,
        checkedInAt: status === 'checkin' ? now : null,
      },
    });
  return id;
}
