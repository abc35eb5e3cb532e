import type { TournamentFormat } from '../../db/generated/enums';
import { counter, histogram } from '../../metrics';

/** What tournaments and rooms count. */

const tournaments = counter('arcade_tournaments_moves_total', 'Tournaments by what became of them', [
  'to',
  'format',
]);

export function countTournament(
  to: 'open' | 'checkin' | 'running' | 'ended' | 'cancelled',
  format: TournamentFormat,
): void {
  tournaments.inc({ to, format });
}

const pairings = counter('arcade_tournaments_pairings_total', 'Pairings decided, by kind and why', [
  'kind',
  'reason',
]);

/** @param reason of the closed set of `PAIRING_REASONS` */
export function countPairing(kind: 'bracket' | 'arena' | 'room', reason: string): void {
  pairings.inc({ kind, reason });
}

const replays = counter('arcade_tournaments_replays_total', 'Fights of a pairing that are fought again');

export function countReplay(): void {
  replays.inc();
}

const failures = counter('arcade_tournaments_steps_failed_total', 'Steps that failed and are tried again', [
  'step',
]);

export function countFailure(step: 'lifecycle' | 'call' | 'arena' | 'room'): void {
  failures.inc({ step });
}

const waits = histogram(
  'arcade_tournaments_arena_wait_seconds',
  'How long somebody in an arena who is ready waits for a fight',
  [1, 2, 5, 10, 20, 30, 60, 120],
);

export function countArenaWait(seconds: number): void {
  waits.observe(seconds);
}
