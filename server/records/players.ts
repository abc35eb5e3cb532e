import { z } from 'zod';
import type { Db } from '../db/client';
import { Role } from '../db/generated/enums';
import { conductCounts, countConduct } from './conduct';
import { afterCursor, toPage } from './page-cursor';
import { pageOf, searchWords } from './requests';

/** What an admin may ask the list of players for. */
export const playerFilter = z.object({ ...pageOf({ default: 25, max: 100 }), name: searchWords });

export const playerPage = z.object({
  players: z.array(
    z.object({
      playerId: z.string(),
      playerName: z.string(),
      role: z.enum(Role),
      isGuest: z.boolean(),
      createdAt: z.date(),
      lastLoginAt: z.date().nullable(),
      /** In the last 24 hours. */
      conduct: conductCounts,
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** Players whose name holds the words, newest first, a page at a time. */
export async function listPlayers(
  db: Db,
  { cursor, limit, name }: z.output<typeof playerFilter>,
): Promise<z.input<typeof playerPage>> {
  const rows = await db.user.findMany({
    where: {
      AND: [afterCursor(cursor), name ? { username: { contains: name, mode: 'insensitive' } } : {}],
    },
    select: { id: true, username: true, role: true, isGuest: true, createdAt: true, lastLoginAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  const page = toPage(rows, limit);
  const conduct = await countConduct(
    db,
    page.rows.map(({ id }) => id),
  );
  return {
    players: page.rows.map(({ id, username, ...rest }) => ({
      playerId: id,
      playerName: username,
      ...rest,
      conduct: conduct.get(id) ?? [],
    })),
    nextCursor: page.nextCursor,
  };
}
