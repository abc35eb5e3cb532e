import { z } from 'zod';
import type { Db } from '../db/client';
import { Role } from '../db/generated/enums';
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
  return {
    players: page.rows.map(({ id, username, ...rest }) => ({ playerId: id, playerName: username, ...rest })),
    nextCursor: page.nextCursor,
  };
}
