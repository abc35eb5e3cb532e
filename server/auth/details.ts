import { type Db, getDb } from '../db/client';
import type { Role } from '../db/generated/enums';

/** What the page of an account shows to its owner. */
export interface AccountDetails {
  readonly name: string;
  readonly role: Role;
  readonly isGuest: boolean;
  /** False for guests, and for whoever comes through another site. */
  readonly hasPassword: boolean;
  /** Other sites that lead into it, such as `github`. */
  readonly providers: readonly string[];
  readonly since: Date;
}

/** @returns null where there is no such account */
export async function accountDetails(playerId: string, db: Db = getDb()): Promise<AccountDetails | null> {
  const row = await db.user.findUnique({
    where: { id: playerId },
    include: { accounts: { select: { provider: true }, orderBy: { provider: 'asc' } } },
  });
  return (
    row && {
      name: row.username,
      role: row.role,
      isGuest: row.isGuest,
      hasPassword: row.passwordHash !== null,
      providers: row.accounts.map(({ provider }) => provider),
      since: row.createdAt,
    }
  );
}
