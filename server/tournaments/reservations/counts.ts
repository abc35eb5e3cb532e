import { counter } from '../../metrics';
import { reasonOf } from '../refusals';
import type { ReservationState } from './reservations';

/** What seats count. */

const seats = counter('arcade_reservations_seats_total', 'What this process did to seats', ['what']);

export function countSeat(what: 'held' | 'confirmed' | 'cancelled' | 'expired' | 'extended'): void {
  seats.inc({ what });
}

const told = counter('arcade_reservations_told_total', 'Changes of seats that another service told of', [
  'state',
]);

export function countTold(state: ReservationState): void {
  told.inc({ state });
}

const refusals = counter('arcade_reservations_refused_total', 'Calls that were refused, by reason', [
  'reason',
]);

export function countRefusal(error: unknown): void {
  refusals.inc({ reason: reasonOf(error) ?? 'error' });
}

const sweeps = counter(
  'arcade_reservations_refund_looks_total',
  'Seats that were lost or doubly paid and looked at for what has to be given back, by outcome',
  ['outcome'],
);

export function countSweep(outcome: 'settled' | 'later' | 'failed'): void {
  sweeps.inc({ outcome });
}

const failures = counter('arcade_reservations_failed_beats_total', 'Rounds of the job that failed', ['what']);

export function countFailure(what: 'expiry' | 'refunds' | 'feed' | 'mirror'): void {
  failures.inc({ what });
}
