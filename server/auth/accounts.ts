import { randomInt, randomUUID } from 'node:crypto';
import type { Db } from '../db/client';
import { AppError, asAppError } from '../errors';
import type { AdminNames } from './admin';
import { guestsMade, loginsRefused, registrations } from './counts';
import { knownDevice } from './devices';
import { authError } from './faults';
import { endAllLogins } from './logins';
import { requireOwnPassword } from './own-password';
import { hashPassword, parsePassword, verifyPassword } from './passwords';
import { forgetPlayer, type Player, toPlayer } from './players';
import type { AuthLimits } from './rate-limits';
import { skeletonOf } from './skeleton';
import { parseUsername, usernameKey } from './usernames';

/** What the functions below need from the process. */
export interface AccountServices {
  readonly db: Db;
  readonly limits: AuthLimits;
  readonly admins: AdminNames;
}

/** True for the database's refusal of a second row with the same unique value. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}

function takenError(username: string, cause?: unknown): AppError {
  return authError(
    'CONFLICT',
    `The username "${username}" is taken. Choose another one.`,
    { field: 'username', reason: 'taken' },
    { cause },
  );
}

/** @throws {AppError} CONFLICT when somebody has this name, or one that looks like it. */
async function requireFree(db: Db, username: string, key: string, skeleton: string): Promise<void> {
  const row = await db.user.findFirst({
    where: { OR: [{ usernameKey: key }, { skeleton }] },
    // With a name that is the same and one that looks alike, the same is the better reason.
    orderBy: { createdAt: 'asc' },
    select: { usernameKey: true },
  });
  if (!row) return;
  if (row.usernameKey === key) throw takenError(username);
  throw authError(
    'CONFLICT',
    `The username "${username}" looks like one that is taken. Choose another one.`,
    {
      field: 'username',
      reason: 'confusable',
    },
  );
}

/**
 * Registers a player with a password.
 * @param input.adminToken needed for a name in ADMIN_USERS, which becomes an admin.
 * @param input.address the client's, for the limit of registrations.
 * @throws {AppError} BAD_REQUEST, CONFLICT (taken), FORBIDDEN (an admin's name), RATE_LIMITED, UNAVAILABLE;
 *   `detail` names the field at fault and the reason.
 */
export async function register(
  { db, limits, admins }: AccountServices,
  input: { username: string; password: string; adminToken?: string | undefined; address: string },
): Promise<Player> {
  const isAdmin = admins.isListed(usernameKey(input.username));
  const { username, key, skeleton } = parseUsername(input.username, isAdmin);
  const password = await parsePassword(input.password, username);
  // Looked up before the costly hash; the unique index below decides between two at once.
  await requireFree(db, username, key, skeleton);
  await limits.countRegistration(input.address);
  if (isAdmin) admins.requireToken(username, input.adminToken || undefined);
  const passwordHash = await hashPassword(password, input.address);
  try {
    const row = await db.user.create({
      data: { username, usernameKey: key, skeleton, passwordHash, role: isAdmin ? 'admin' : 'player' },
    });
    admins.spendToken(key);
    registrations.inc();
    return toPlayer(row);
  } catch (error) {
    if (isTaken(error)) throw takenError(username, error);
    throw error;
  }
}

/** Told only to whoever gave the right password. */
function bannedError(reason: string | null): AppError {
  return authError('FORBIDDEN', `This account is banned${reason ? `: ${reason}` : '.'}`, {
    field: 'account',
    reason: 'banned',
  });
}

/**
 * Changes the password of a signed-in player; every log-in of theirs ends, the one that asks included.
 * @throws {AppError} BAD_REQUEST (the new one is not allowed), FORBIDDEN (the current one is wrong, or the account
 *   has none), RATE_LIMITED, UNAVAILABLE; `detail` names the field and the reason.
 */
export async function changePassword(
  { db, limits }: Pick<AccountServices, 'db' | 'limits'>,
  input: { playerId: string; currentPassword: string; newPassword: string; address: string },
): Promise<void> {
  const row = await db.user.findUnique({ where: { id: input.playerId } });
  if (!row?.passwordHash)
    throw authError('FORBIDDEN', 'This account has no password to change.', {
      field: 'currentPassword',
      reason: 'none',
    });
  const password = await parsePassword(input.newPassword, row.username, 'newPassword');
  await requireOwnPassword(limits, row, { password: input.currentPassword, address: input.address });
  await db.user.update({
    where: { id: row.id },
    data: { passwordHash: await hashPassword(password, input.address) },
  });
  await endAllLogins(db, row.id);
}

/**
 * Checks a username and password. Whether the account is missing or the password wrong, the answer and
 * the time it takes are the same.
 * @param input.cookie the Cookie header: a device that this account knows is counted apart from strangers.
 * @throws {AppError} UNAUTHENTICATED when they don't match, FORBIDDEN (banned), RATE_LIMITED after too many
 *   failures, UNAVAILABLE under a flood; `detail` is `{field: 'account', reason}`.
 */
export async function authenticate(
  services: Pick<AccountServices, 'db' | 'limits'>,
  input: { username: string; password: string; address: string; cookie?: string | undefined },
): Promise<Player> {
  try {
    return await checkPassword(services, input);
  } catch (error) {
    loginsRefused.inc({ reason: reasonOf(error) });
    throw error;
  }
}

function reasonOf(error: unknown): string {
  const reason = asAppError(error)?.detail?.reason;
  return typeof reason === 'string' ? reason : 'error';
}

async function checkPassword(
  { db, limits }: Pick<AccountServices, 'db' | 'limits'>,
  { username, password, address, cookie }: Parameters<typeof authenticate>[1],
): Promise<Player> {
  // PostgreSQL's text can't hold NUL. U+FFFD is in no username, so the search below goes on and finds nobody.
  const account = usernameKey(username.trim()).slice(0, 100).replaceAll('\0', '\ufffd');
  const row = await db.user.findUnique({ where: { usernameKey: account } });
  const attempt = { account, address, device: row ? knownDevice(cookie, row.id) : undefined };
  const stillAllowed = () => limits.requireLoginAllowed(attempt);
  await stillAllowed();
  if (!(await verifyPassword(row?.passwordHash, password, address, stillAllowed)) || !row) {
    await limits.countFailedLogin(attempt);
    throw authError('UNAUTHENTICATED', 'Username and password don’t match.', {
      field: 'account',
      reason: 'wrong',
    });
  }
  if (row.bannedAt) throw bannedError(row.banReason);
  await limits.forgiveLogin(attempt);
  const updated = await db.user.update({ where: { id: row.id }, data: { lastLoginAt: new Date() } });
  forgetPlayer(row.id);
  return toPlayer(updated);
}

/** No letters that read as digits, no vowels that spell words. */
const GUEST_ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789';

function guestName(): string {
  return `Guest-${Array.from({ length: 5 }, () => GUEST_ALPHABET[randomInt(GUEST_ALPHABET.length)]).join('')}`;
}

/** Tries names until one is free; a dozen collisions in a row mean that something else is wrong. */
async function createGuestRow({ db, admins }: Pick<AccountServices, 'db' | 'admins'>, id?: string) {
  for (let attempt = 0; attempt < 12; attempt++) {
    const username = guestName();
    const key = usernameKey(username);
    const skeleton = skeletonOf(username);
    if (admins.isListed(key)) continue;
    try {
      return await db.user.create({
        data: {
          ...(id === undefined ? {} : { id }),
          username,
          usernameKey: key,
          skeleton,
          isGuest: true,
          lastLoginAt: new Date(),
        },
      });
    } catch (error) {
      if (!isTaken(error)) throw error;
      const there = id === undefined ? null : await db.user.findUnique({ where: { id } });
      if (there?.deletedAt)
        throw new AppError('NOT_FOUND', 'This account is gone already.', { cause: error });
      if (there) return there;
    }
  }
  throw new AppError('UNAVAILABLE', 'No free name was found. Try again.');
}

/**
 * A player without a password, who lasts as long as their cookie.
 * @throws {AppError} RATE_LIMITED
 */
export async function createGuest(services: AccountServices, address: string): Promise<Player> {
  await services.limits.countGuest(address);
  const row = await createGuestRow(services);
  guestsMade.inc();
  return toPlayer(row);
}

/** The guest of this id, made when there is none: whoever vouches for the id speaks for the guest. Nothing limits it. @throws {AppError} NOT_FOUND for one who is deleted */
export async function guestOf(services: Pick<AccountServices, 'db' | 'admins'>, id: string): Promise<Player> {
  return toPlayer(await createGuestRow(services, id));
}

/**
 * The user row for somebody who signs in through OAuth for the first time. What the provider calls them is neither
 * shown nor kept: they choose a name before they are anybody here. The placeholders can be no name's key.
 */
export function createOAuthUser(db: Db, email: string | null) {
  const id = randomUUID();
  const nobody = `new:${id}`;
  return db.user.create({
    data: { id, username: 'New player', usernameKey: nobody, skeleton: nobody, nameChosen: false, email },
  });
}

/**
 * Gives an OAuth account its name, once.
 * @throws {AppError} BAD_REQUEST, CONFLICT (`taken`, `confusable`, or `chosen` before); a name in ADMIN_USERS is
 *   `reserved`: it takes a registration with its token.
 */
export async function chooseName(
  { db, admins }: Pick<AccountServices, 'db' | 'admins'>,
  { playerId, username: wanted }: { playerId: string; username: string },
): Promise<{ playerId: string; playerName: string }> {
  const { username, key, skeleton } = parseUsername(wanted);
  if (admins.isListed(key))
    throw authError('FORBIDDEN', `The username "${username}" is reserved. Choose another one.`, {
      field: 'username',
      reason: 'reserved',
    });
  await requireFree(db, username, key, skeleton);
  try {
    const { count } = await db.user.updateMany({
      where: { id: playerId, nameChosen: false },
      data: { username, usernameKey: key, skeleton, nameChosen: true, name: null, image: null },
    });
    if (count === 0)
      throw authError('CONFLICT', 'This account has its name already.', {
        field: 'username',
        reason: 'chosen',
      });
  } catch (error) {
    if (isTaken(error)) throw takenError(username, error);
    throw error;
  }
  forgetPlayer(playerId);
  return { playerId, playerName: username };
}
