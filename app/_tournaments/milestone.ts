import type { TournamentSummary } from '@/server/tournaments/views/tournaments';

/** What a tournament comes to next. */
export interface Milestone {
  readonly what: 'opens' | 'checkIn' | 'closes' | 'starts' | 'ends';
  /** ISO 8601 */
  readonly at: string;
}

type Times = Pick<
  TournamentSummary,
  'status' | 'isPaused' | 'opensAt' | 'closesAt' | 'checkInAt' | 'startsAt' | 'endsAt'
>;

/** What a countdown of this tournament counts down to; null where nothing is to come at a known time. */
export function milestoneOf(tournament: Times, nowMs: number): Milestone | null {
  const { status, isPaused, opensAt, closesAt, checkInAt, startsAt, endsAt } = tournament;
  // Its times move by the length of the pause, which nobody knows yet.
  if (isPaused) return null;
  const isAhead = (at: string | null): at is string => at !== null && Date.parse(at) > nowMs;
  switch (status) {
    case 'scheduled':
      return { what: 'opens', at: opensAt };
    case 'open': {
      if (isAhead(checkInAt) && checkInAt <= closesAt) return { what: 'checkIn', at: checkInAt };
      return isAhead(closesAt) && closesAt < startsAt
        ? { what: 'closes', at: closesAt }
        : { what: 'starts', at: startsAt };
    }
    case 'checkin':
      return { what: 'starts', at: startsAt };
    case 'running':
      return isAhead(endsAt) ? { what: 'ends', at: endsAt } : null;
    default:
      return null;
  }
}
