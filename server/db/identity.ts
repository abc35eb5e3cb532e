import { z } from 'zod';
import type { PrismaClient } from './generated/client';

const found = z.tuple([z.object({ id: z.string() })]);

/**
 * A random name that a database keeps from its first migration on, by whichever address it is reached. A copy of a database has
 * the same.
 */
export async function databaseIdentity(db: PrismaClient): Promise<string> {
  const [{ id }] = found.parse(
    await db.$queryRaw`
      select id from _prisma_migrations where rolled_back_at is null order by migration_name limit 1`,
  );
  return id;
}
