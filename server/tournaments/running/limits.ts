import type { TournamentFormat } from '../../db/generated/enums';
import { refusal } from '../refusals';
import type { Asker, TournamentContext, TournamentRow } from './context';

/** What tournaments may be like, and who may hold which. */

export const MAX_SEATS = { single: 256, double: 256, arena: 1_024 } as const satisfies Record<
  TournamentFormat,
  number
>;
const NAME = { min: 3, max: 60 } as const;
export const MAX_FEE = 1_000;
const MAX_PRIZES = 100_000;
const MAX_CHECK_IN_SECONDS = 3_600;
const ARENA_SECONDS = { min: 300, max: 6 * 3_600 } as const;
const MAX_ADMISSIONS = 60_000;
const FURTHEST_MS = 366 * 24 * 3_600_000;
/** Tournaments of one owner that are not over. */
const MAX_OPEN = { player: 3, organizer: 30, admin: 100 } as const;
/** A form takes a moment to be sent. */
const LATE_MS = 60_000;

const OPEN = ['scheduled', 'open', 'checkin', 'running'] as const;

type Times = Pick<Plan, 'opensAt' | 'closesAt' | 'startsAt' | 'checkInSeconds'>;

export interface Plan {
  readonly name: string;
  readonly format: TournamentFormat;
  readonly seats: number;
  readonly fee: number;
  readonly prizes: readonly number[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly startsAt: Date;
  readonly checkInSeconds: number;
  readonly admissionsPerMinute: number;
  readonly durationSeconds: number;
}

/** Whether somebody may charge a fee, and put up prizes that the pot does not hold. */
export const mayCharge = ({ role }: Pick<Asker, 'role'>) => role === 'organizer' || role === 'admin';

/** Whether somebody may run a tournament: its owner, who the owner named, and admins. */
export function runs(row: Pick<TournamentRow, 'ownerId' | 'organizers'>, asker: Asker): boolean {
  if (asker.role === 'admin' || row.ownerId === asker.playerId) return true;
  return row.organizers.some(({ userId }) => userId === asker.playerId);
}

/** @throws {AppError} not_yours */
export function assertRuns(row: Pick<TournamentRow, 'ownerId' | 'organizers'>, asker: Asker): void {
  if (!runs(row, asker)) throw refusal('not_yours', 'Only those who run this tournament may do this.');
}

/** Whether somebody says who else runs a tournament: its owner, and admins. */
export const namesOrganizers = ({ ownerId }: Pick<TournamentRow, 'ownerId'>, asker: Asker): boolean =>
  asker.role === 'admin' || ownerId === asker.playerId;

/** @throws {AppError} not_yours */
export function assertNamesOrganizers(row: Pick<TournamentRow, 'ownerId'>, asker: Asker): void {
  if (!namesOrganizers(row, asker)) throw refusal('not_yours', 'Only the owner says who else may run it.');
}

/** A name as it is kept. @throws {AppError} bad_request */
export function tidyName(name: string): string {
  const tidy = name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const length = [...tidy].length;
  if (length < NAME.min || length > NAME.max || /[\p{Cc}\p{Cf}]/u.test(tidy))
    throw wrong('name', `A name has ${NAME.min} to ${NAME.max} characters, none of them invisible.`);
  return tidy;
}

/**
 * Whether a tournament may be like this, but for its times.
 * @throws {AppError} bad_request with `detail.field`, not_yours where the role is missing
 */
export function checkPlan(plan: Plan, asker: Asker): void {
  const { format, seats, fee, prizes, checkInSeconds, admissionsPerMinute, durationSeconds } = plan;
  within('seats', seats, 2, MAX_SEATS[format]);
  within('fee', fee, 0, MAX_FEE);
  within('checkInSeconds', checkInSeconds, 0, MAX_CHECK_IN_SECONDS);
  within('admissionsPerMinute', admissionsPerMinute, 1, MAX_ADMISSIONS);
  if (format === 'arena') within('durationSeconds', durationSeconds, ARENA_SECONDS.min, ARENA_SECONDS.max);
  const sum = prizes.reduce((total, prize) => total + prize, 0);
  if (prizes.some((prize) => prize < 0) || sum > MAX_PRIZES)
    throw wrong('prizes', `Prizes are not below 0 and at most ${MAX_PRIZES} coins together.`);
  if (prizes.some((prize, index) => prize > (prizes[index - 1] ?? prize)))
    throw wrong('prizes', 'A better place gets at least as much as the next one.');
  if (!mayCharge(asker) && (fee > 0 || sum > 0))
    throw refusal('not_yours', 'A fee and prizes take the organiser’s role; ask an admin for it.');
}

/**
 * Whether a tournament may have these times.
 * @param isNew all of them lie ahead
 * @throws {AppError} bad_request with `detail.field`
 */
export function checkTimes(plan: Times, now: number, isNew: boolean): void {
  const [opens, closes, starts] = [plan.opensAt, plan.closesAt, plan.startsAt].map((at) => at.getTime());
  if (opens === undefined || closes === undefined || starts === undefined) return;
  if (isNew && opens < now - LATE_MS) throw wrong('opensAt', 'Registration opens now or later.');
  if (starts <= now) throw wrong('startsAt', 'It starts later than now.');
  if (starts > now + FURTHEST_MS) throw wrong('startsAt', 'It starts within a year.');
  if (opens >= closes) throw wrong('closesAt', 'Registration closes after it opens.');
  if (closes > starts) throw wrong('closesAt', 'Registration closes at the start at the latest.');
  if (opens > starts - plan.checkInSeconds * 1_000)
    throw wrong('checkInSeconds', 'Registration opens before the check-in begins.');
}

/** @throws {AppError} too_fast for who has too many that are not over */
export async function assertMayOpenMore(ctx: TournamentContext, asker: Asker): Promise<void> {
  if (asker.isGuest) throw refusal('not_yours', 'Guests hold no tournaments: make an account first.');
  const open = await countOpen(ctx, asker.playerId);
  const most = MAX_OPEN[asker.role];
  if (open >= most)
    throw refusal('too_fast', `You hold ${open} tournaments that are not over; ${most} are the most.`);
}

const countOpen = ({ db }: TournamentContext, ownerId: string) =>
  db.tournament.count({ where: { ownerId, status: { in: [...OPEN] } } });

/** What the organiser's form has to know. */
export async function limitsOf(ctx: TournamentContext, asker: Asker) {
  return {
    role: asker.role,
    mayCharge: mayCharge(asker),
    maxSeats: MAX_SEATS,
    maxFee: MAX_FEE,
    maxOpen: asker.isGuest ? 0 : MAX_OPEN[asker.role],
    open: await countOpen(ctx, asker.playerId),
  };
}

function within(field: string, value: number, min: number, max: number): void {
  if (value < min || value > max) throw wrong(field, `${field} is ${min} to ${max}, not ${value}.`);
}

const wrong = (field: string, message: string) => refusal('bad_request', message, { detail: { field } });
