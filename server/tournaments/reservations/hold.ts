import type { ReservationStatus, TournamentStatus } from '../../db/generated/enums';
import type { RefusalReason } from '../refusals';

/** What a hold is and what may be done with it: decisions only, on a clock that is given. */

/** The countdown stands for at most this long while its person pays, once. */
export const PAUSE_MS = 120_000;
/** Who has paid has at least this long to confirm, as far as the pause allows. */
const CONFIRM_MS = 15_000;

export interface HoldFacts {
  readonly status: ReservationStatus;
  /** When it ends, whatever happens in between: pauses and extensions are in it from the moment they are given. */
  readonly holdExpiresAt: Date;
  readonly extended: boolean;
  readonly pausedAt: Date | null;
  readonly pauseUsed: boolean;
}

/** What changes of a hold. */
export interface HoldPatch {
  readonly holdExpiresAt: Date;
  readonly pausedAt?: Date | null;
  readonly pauseUsed?: true;
  readonly extended?: true;
}

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** Held or confirmed, as it is written down. */
export const isLive = (status: ReservationStatus): boolean => status === 'hold' || status === 'confirmed';

/** Still held at this moment, whether or not a job has looked at it. */
export const isHeld = ({ status, holdExpiresAt }: Pick<HoldFacts, 'status' | 'holdExpiresAt'>, now: Date) =>
  status === 'hold' && holdExpiresAt > now;

export const isPaused = ({ status, pausedAt }: Pick<HoldFacts, 'status' | 'pausedAt'>, now: Date): boolean =>
  status === 'hold' && pausedAt !== null && later(pausedAt, PAUSE_MS) > now;

/** Why nothing can be done with a hold any more. */
export function whyOver({ status }: Pick<HoldFacts, 'status'>): RefusalReason {
  return status === 'hold' || status === 'expired' ? 'too_late' : 'reservation_over';
}

/** Once, by at most as much as a hold lasts. */
export function extension(
  hold: HoldFacts,
  seconds: number,
  now: Date,
  holdSeconds: number,
): { readonly patch: HoldPatch; readonly seconds: number } | { readonly refused: RefusalReason } {
  if (!isHeld(hold, now)) return { refused: whyOver(hold) };
  if (!(seconds >= 1)) return { refused: 'bad_request' };
  if (hold.extended) return { refused: 'extended_already' };
  const given = Math.min(Math.floor(seconds), holdSeconds);
  return {
    patch: { holdExpiresAt: later(hold.holdExpiresAt, given * 1_000), extended: true },
    seconds: given,
  };
}

/** The countdown stands while its person pays: all of the pause is given at once, and what is not used taken back. */
export function pause(hold: HoldFacts, now: Date): HoldPatch | undefined {
  if (hold.pauseUsed || !isHeld(hold, now)) return undefined;
  return { holdExpiresAt: later(hold.holdExpiresAt, PAUSE_MS), pausedAt: now, pauseUsed: true };
}

/** {@link pause} as somebody asks for it who makes the payments elsewhere: again it gives nothing more. */
export function pauseFor(hold: HoldFacts, now: Date): ReturnType<typeof extension> {
  if (!isHeld(hold, now)) return { refused: whyOver(hold) };
  const patch = pause(hold, now);
  return patch
    ? { patch, seconds: PAUSE_MS / 1_000 }
    : { patch: { holdExpiresAt: hold.holdExpiresAt }, seconds: 0 };
}

/** The payment ended. */
export function resume(hold: HoldFacts, now: Date, isPaid: boolean): HoldPatch | undefined {
  const { pausedAt, holdExpiresAt } = hold;
  if (hold.status !== 'hold' || pausedAt === null) return undefined;
  const unusedMs = Math.max(0, later(pausedAt, PAUSE_MS).getTime() - now.getTime());
  const end = holdExpiresAt.getTime() - unusedMs;
  const least = isPaid ? Math.min(holdExpiresAt.getTime(), now.getTime() + CONFIRM_MS) : end;
  return { holdExpiresAt: new Date(Math.max(end, least)), pausedAt: null };
}

/** Whether a seat can be confirmed with this intent now; `again`: it was, with this one or without naming any. */
export function confirmation(
  seat: HoldFacts & { readonly fee: number; readonly paymentIntentId: string | null },
  paymentIntentId: string | undefined,
  now: Date,
): 'free' | 'if paid' | 'again' | { readonly refused: RefusalReason } {
  if (seat.status === 'confirmed')
    return seat.fee === 0 || paymentIntentId === undefined || seat.paymentIntentId === paymentIntentId
      ? 'again'
      : { refused: 'reservation_over' };
  if (!isHeld(seat, now)) return { refused: whyOver(seat) };
  if (seat.fee === 0) return 'free';
  return paymentIntentId === undefined ? { refused: 'not_paid' } : 'if paid';
}

export interface EventFacts {
  readonly status: TournamentStatus;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly startsAt: Date;
  readonly pausedAt: Date | null;
}

/** Whether seats are given out; in check-in those who wait still move up. */
export function registration(event: EventFacts, now: Date): 'open' | { readonly refused: RefusalReason } {
  const { status, opensAt, closesAt, startsAt, pausedAt } = event;
  const isOpen =
    ((status === 'open' || status === 'scheduled') && opensAt <= now && now < closesAt) ||
    (status === 'checkin' && now < startsAt);
  if (!isOpen) return { refused: 'not_open' };
  return pausedAt === null ? 'open' : { refused: 'paused' };
}

/** Whether the bracket is still to be drawn up. */
export const isBeforeStart = ({ status }: Pick<EventFacts, 'status'>): boolean =>
  status === 'scheduled' || status === 'open' || status === 'checkin';

/** Whether a confirmed seat can still be given back for its fee. */
export const mayGiveBack = (event: Pick<EventFacts, 'status' | 'closesAt'>, now: Date): boolean =>
  isBeforeStart(event) && now < event.closesAt;

/** The number of the seat that somebody asks for; undefined for a name, as seats of a bracket have none. */
const seatNumber = (wanted: string | undefined): number | undefined =>
  wanted !== undefined && /^\d{1,9}$/.test(wanted) ? Number(wanted) : undefined;

/** The seat that somebody gets: the one that was asked for by its number, else the lowest that is free. */
export function chooseSeat(
  seats: number,
  taken: ReadonlySet<number>,
  wanted: string | undefined,
): number | { readonly refused: 'full' | 'one_seat' } {
  const number = seatNumber(wanted);
  if (number !== undefined) {
    if (number < 1 || number > seats) return { refused: 'one_seat' };
    return taken.has(number) ? { refused: 'full' } : number;
  }
  for (let seat = 1; seat <= seats; seat += 1) if (!taken.has(seat)) return seat;
  return { refused: 'full' };
}
