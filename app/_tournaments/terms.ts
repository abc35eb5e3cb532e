import type { TournamentView } from '@/server/tournaments/views/tournaments';

/** What the form of a tournament holds, as it was typed. */
export interface TermsDraft {
  readonly name: string;
  readonly blurb: string;
  readonly format: 'single' | 'double' | 'arena';
  readonly seats: string;
  readonly bestOf: '1' | '3';
  /** `2026-11-20T20:00` in the zone of this browser; empty: at once. */
  readonly opensAt: string;
  readonly startsAt: string;
  readonly checkInMinutes: string;
  readonly durationMinutes: string;
  readonly fee: string;
  /** `100, 50, 25`: first place first. */
  readonly prizes: string;
  readonly admissionsPerMinute: string;
}

export const EMPTY_DRAFT: TermsDraft = {
  name: '',
  blurb: '',
  format: 'single',
  seats: '16',
  bestOf: '1',
  opensAt: '',
  startsAt: '',
  checkInMinutes: '5',
  durationMinutes: '60',
  fee: '0',
  prizes: '',
  admissionsPerMinute: '600',
};

/** What somebody may choose. */
export interface Limits {
  readonly mayCharge: boolean;
  readonly minSeats?: number;
  readonly maxSeats: Readonly<Record<TermsDraft['format'], number>>;
  readonly maxFee: number;
}

/** What `tournament.create` takes. */
export interface NewTerms {
  readonly name: string;
  readonly blurb: string;
  readonly format: TermsDraft['format'];
  readonly seats: number;
  readonly bestOf: 1 | 3;
  readonly opensAt: string;
  readonly startsAt: string;
  readonly checkInSeconds: number;
  readonly durationSeconds: number;
  readonly fee: number;
  readonly prizes: number[];
  readonly admissionsPerMinute: number;
}

/** What is wrong with a field, and what the words about it need. */
export interface Wrong {
  readonly why:
    | 'nameLength'
    | 'range'
    | 'noTime'
    | 'past'
    | 'tooFar'
    | 'opensLate'
    | 'prizeList'
    | 'prizeOrder'
    | 'mayNotCharge';
  readonly low?: number;
  readonly high?: number;
}
export type Wrongs = { readonly [F in keyof TermsDraft]?: Wrong };

const MINUTE_MS = 60_000;

/** `2026-11-20T20:00` of an instant, as a field for local times takes it. */
export function localField(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}

/** A tournament as the form shows it. */
export function draftOf(tournament: TournamentView): TermsDraft {
  const { name, blurb, format, seats, bestOf, opensAt, startsAt, fee, prizes } = tournament;
  return {
    name,
    blurb,
    format,
    seats: String(seats),
    bestOf: bestOf === 3 ? '3' : '1',
    opensAt: localField(Date.parse(opensAt)),
    startsAt: localField(Date.parse(startsAt)),
    checkInMinutes: String(tournament.checkInSeconds / 60),
    durationMinutes: String(tournament.durationSeconds / 60),
    fee: String(fee),
    prizes: prizes.join(', '),
    admissionsPerMinute: String(tournament.admissionsPerMinute),
  };
}

const TERM_OF = {
  name: 'name',
  blurb: 'blurb',
  seats: 'seats',
  bestOf: 'bestOf',
  opensAt: 'opensAt',
  startsAt: 'startsAt',
  checkInMinutes: 'checkInSeconds',
  durationMinutes: 'durationSeconds',
  fee: 'fee',
  prizes: 'prizes',
  admissionsPerMinute: 'admissionsPerMinute',
} as const satisfies Readonly<Record<Exclude<keyof TermsDraft, 'format'>, keyof NewTerms>>;

/** The field of the form that shows what the server calls by this name; undefined where none does. */
export function fieldOf(term: unknown): keyof TermsDraft | undefined {
  if (term === 'closesAt') return 'startsAt';
  return FIELDS.find((field) => TERM_OF[field] === term);
}

const FIELDS = Object.keys(TERM_OF) as (keyof typeof TERM_OF)[];

/** Names of the fields that were changed. */
export const touched = (before: TermsDraft, now: TermsDraft) =>
  FIELDS.filter((field) => before[field].trim() !== now[field].trim());

/** What of the terms was changed: only this is sent, so that what somebody else changed meanwhile stays. */
export function changesOf(fields: readonly (keyof typeof TERM_OF)[], terms: NewTerms): Partial<NewTerms> {
  return Object.fromEntries(fields.map((field) => [TERM_OF[field], terms[TERM_OF[field]]]));
}
