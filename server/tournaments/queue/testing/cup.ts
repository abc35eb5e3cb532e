import { randomUUID } from 'node:crypto';
import type { Db } from '../../../db/client';
import type { ReservationStatus, TournamentStatus } from '../../../db/generated/enums';

/** Accounts straight into the database; returns their ids. */
export async function addPeople(db: Db, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db.user.createMany({
    data: ids.map((id) => ({ id, username: `p-${id.slice(0, 13)}`, usernameKey: id })),
  });
  return ids;
}

export interface CupOptions {
  readonly opensAtMs: number;
  readonly seats?: number;
  readonly status?: TournamentStatus;
  readonly admissionsPerMinute?: number;
  readonly closesAfterMs?: number;
}

/** A tournament straight into the database; returns its id. */
export async function addCup(db: Db, options: CupOptions): Promise<string> {
  const [ownerId = ''] = await addPeople(db, 1);
  const closesAt = new Date(options.opensAtMs + (options.closesAfterMs ?? 86_400_000));
  const { id } = await db.tournament.create({
    data: {
      name: 'cup',
      ownerId,
      seats: options.seats ?? 1_000,
      status: options.status ?? 'scheduled',
      opensAt: new Date(options.opensAtMs),
      closesAt,
      startsAt: new Date(closesAt.getTime() + 600_000),
      admissionsPerMinute: options.admissionsPerMinute ?? 600,
    },
  });
  return id;
}

/** A reservation as the seats' own code would make it: the lowest seat that is free, once a token. */
export async function reserve(
  db: Db,
  one: {
    readonly eventId: string;
    readonly userId: string;
    readonly tokenId: string;
    readonly status?: ReservationStatus;
  },
): Promise<'reserved' | 'again' | 'full'> {
  return db.$transaction(async (tx) => {
    const [cup] = await tx.$queryRaw<{ seats: number }[]>`
      SELECT "seats" FROM "Tournament" WHERE "id" = ${one.eventId} FOR UPDATE`;
    if (await tx.reservation.findUnique({ where: { tokenId: one.tokenId } })) return 'again';
    const taken = await tx.reservation.findMany({
      where: { eventId: one.eventId, status: { in: ['hold', 'confirmed'] } },
      select: { seat: true },
    });
    const numbers = new Set(taken.map(({ seat }) => seat));
    let seat = 1;
    while (numbers.has(seat)) seat += 1;
    if (seat > (cup?.seats ?? 0)) return 'full';
    await tx.reservation.create({
      data: {
        eventId: one.eventId,
        userId: one.userId,
        tokenId: one.tokenId,
        seat,
        fee: 0,
        status: one.status ?? 'hold',
        holdExpiresAt: new Date(8e12),
      },
    });
    return 'reserved';
  });
}
