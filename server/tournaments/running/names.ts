import type { Prisma, PrismaClient } from '../../db/generated/client';
import type { Names } from './show-pairing';

const withUser = { user: { select: { username: true, isGuest: true } } } as const;
export type EntrantRow = Prisma.EntrantGetPayload<{ include: typeof withUser }>;

/** Entrants with what they are called, by seed and then as they came. */
export function findEntrants(db: PrismaClient, tournamentId: string): Promise<EntrantRow[]> {
  return db.entrant.findMany({
    where: { tournamentId },
    include: withUser,
    orderBy: [{ seed: { sort: 'asc', nulls: 'last' } }, { enteredAt: 'asc' }, { userId: 'asc' }],
  });
}

export function namesOf(entrants: readonly EntrantRow[]): Names {
  const byId = new Map(entrants.map((entrant) => [entrant.userId, entrant]));
  return {
    nameOf: (playerId) => byId.get(playerId)?.user.username ?? '',
    seedOf: (playerId) => byId.get(playerId)?.seed ?? null,
    characterOf: (playerId) => byId.get(playerId)?.characterId ?? 1,
  };
}
