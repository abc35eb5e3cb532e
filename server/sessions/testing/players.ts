import { randomUUID } from 'node:crypto';
import type { PrismaClient } from '../../db/generated/client';

/** An account straight into the database; returns its id. */
export async function addPlayer(db: PrismaClient, username: string): Promise<string> {
  const { id } = await db.user.create({
    data: { id: randomUUID(), username, usernameKey: `${username.toLowerCase()}-${randomUUID()}` },
  });
  return id;
}
