import type { TournamentStatus } from '../../db/generated/enums';
import { refusal } from '../refusals';
import { FIXABLE, type Fixable, type WhyFixed } from '../views/organising';
import type { Tx } from './context';

/** What may not change any more before the start, and why; after it nothing does. */
export function fixedOf(
  { status }: { readonly status: TournamentStatus },
  taken: number,
): Readonly<Partial<Record<Fixable, WhyFixed>>> {
  return {
    ...(status === 'scheduled' ? {} : { opensAt: 'opened' as const }),
    ...(status === 'checkin' ? { checkInSeconds: 'checking_in' as const } : {}),
    ...(taken > 0 ? { fee: 'seats_taken' as const, prizes: 'seats_taken' as const } : {}),
  };
}

const WORDS = {
  opened: 'Registration has opened already.',
  checking_in: 'The check-in goes on already.',
  seats_taken: 'Fee and prizes stay as they are once somebody has a seat.',
} as const satisfies Record<WhyFixed, string>;

/**
 * @param changed names of what is going to change
 * @throws {AppError} too_late with `detail.field` and `detail.why`
 */
export function assertNotFixed(fixed: ReturnType<typeof fixedOf>, changed: readonly string[]): void {
  for (const field of FIXABLE) {
    const why = fixed[field];
    if (why && changed.includes(field)) throw refusal('too_late', WORDS[why], { detail: { field, why } });
  }
}

/** Seats that are held or confirmed: before the start nobody is in without one, wherever it is kept. */
export const countTaken = (tx: Pick<Tx, 'reservation'>, tournamentId: string): Promise<number> =>
  tx.reservation.count({ where: { eventId: tournamentId, status: { in: ['hold', 'confirmed'] } } });
