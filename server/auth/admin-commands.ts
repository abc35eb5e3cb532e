import type { Db } from '../db/client';
import { banPlayer, unbanPlayer } from './bans';
import { endAllLogins } from './logins';
import { usernameKey } from './usernames';

export const ADMIN_USAGE = [
  'Usage: npm run admin -- grant <username>    makes a player an admin',
  '       npm run admin -- revoke <username>   makes an admin a player again',
  '       npm run admin -- list                lists the admins',
  '       npm run admin -- logout <username>   ends all log-ins of a player',
  '       npm run admin -- ban <username> [why]  logs a player out everywhere and lets them in no more',
  '       npm run admin -- unban <username>    lets them in again',
].join('\n');

/** What a command says, and the exit code of the process: 0 done, 1 not possible. */
export interface AdminAnswer {
  readonly exitCode: 0 | 1;
  readonly message: string;
}

const nobody = (username: string): AdminAnswer => ({
  exitCode: 1,
  message: `There is no player "${username}". Names are as on the register page.`,
});

async function setRole(db: Db, username: string, role: 'admin' | 'player'): Promise<AdminAnswer> {
  const row = await db.user.findUnique({ where: { usernameKey: usernameKey(username) } });
  if (!row) return nobody(username);
  if (row.isGuest && role === 'admin')
    return { exitCode: 1, message: `"${row.username}" is a guest, and guests can't be admins.` };
  const word = role === 'admin' ? 'an admin' : 'a player';
  if (row.bannedAt && role === 'admin')
    return { exitCode: 1, message: `"${row.username}" is banned. Lift the ban first.` };
  if (row.role === role) return { exitCode: 0, message: `"${row.username}" is ${word} already.` };
  await db.user.update({ where: { id: row.id }, data: { role } });
  return {
    exitCode: 0,
    message: `"${row.username}" is ${word} now. A running arcade sees it within a second.`,
  };
}

async function ban(db: Db, username: string, reason: string): Promise<AdminAnswer> {
  const row = await db.user.findUnique({ where: { usernameKey: usernameKey(username) } });
  if (!row) return nobody(username);
  if (row.role === 'admin')
    return { exitCode: 1, message: `"${row.username}" is an admin. Revoke that first, then ban.` };
  await banPlayer(db, row.id, reason);
  return {
    exitCode: 0,
    message: `"${row.username}" is banned. A running arcade puts them out within a second.`,
  };
}

async function logOut(db: Db, username: string): Promise<AdminAnswer> {
  const row = await db.user.findUnique({ where: { usernameKey: usernameKey(username) } });
  if (!row) return nobody(username);
  await endAllLogins(db, row.id);
  return {
    exitCode: 0,
    message: `All log-ins of "${row.username}" have ended. A running arcade cuts what they opened within a second.`,
  };
}

async function unban(db: Db, username: string): Promise<AdminAnswer> {
  const row = await db.user.findUnique({ where: { usernameKey: usernameKey(username) } });
  if (!row) return nobody(username);
  if (!row.bannedAt) return { exitCode: 0, message: `"${row.username}" is not banned.` };
  await unbanPlayer(db, row.id);
  return { exitCode: 0, message: `"${row.username}" may log in again.` };
}

/** One `npm run admin` command, read and ready to run against the arcade's database. */
export type AdminCommand = (db: Db) => Promise<AdminAnswer>;

async function listAdmins(db: Db): Promise<AdminAnswer> {
  const admins = await db.user.findMany({ where: { role: 'admin' }, orderBy: { createdAt: 'asc' } });
  const names = admins.map(
    (row) => `${row.username}  (registered ${row.createdAt.toISOString().slice(0, 10)})`,
  );
  return { exitCode: 0, message: names.length > 0 ? names.join('\n') : 'There are no admins yet.' };
}

/** Reads the arguments; undefined when they are no command. No database is started for a typing error. */
export function parseAdminCommand(args: readonly string[]): AdminCommand | undefined {
  const [command, username, ...rest] = args;
  if (command === 'ban' && username) return (db) => ban(db, username, rest.join(' '));
  if (rest.length > 0) return undefined;
  if (command === 'logout' && username) return (db) => logOut(db, username);
  if (command === 'unban' && username) return (db) => unban(db, username);
  if (command === 'grant' && username) return (db) => setRole(db, username, 'admin');
  if (command === 'revoke' && username) return (db) => setRole(db, username, 'player');
  if (command === 'list' && username === undefined) return listAdmins;
  return undefined;
}
