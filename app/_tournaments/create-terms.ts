/** What the form of a new tournament holds, as it was typed. */
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

const NAME = { low: 3, high: 60 };
const CHECK_IN_MINUTES = { low: 0, high: 60 };
const ARENA_MINUTES = { low: 5, high: 360 };
const ADMISSIONS = { low: 1, high: 60_000 };
const MAX_PRIZES = 100_000;
const YEAR_MS = 366 * 24 * 3_600_000;
const MINUTE_MS = 60_000;

function whole(text: string, { low, high }: { low: number; high: number }): number | Wrong {
  const isWhole = /^\d{1,9}$/.test(text.trim());
  const value = Number(text);
  return isWhole && value >= low && value <= high ? value : { why: 'range', low, high };
}

function prizesOf(text: string): number[] | Wrong {
  const parts = text.split(/[\s,;·]+/).filter(Boolean);
  if (parts.length > 32 || parts.some((part) => !/^\d{1,6}$/.test(part))) return { why: 'prizeList' };
  const prizes = parts.map(Number);
  if (prizes.reduce((sum, prize) => sum + prize, 0) > MAX_PRIZES)
    return { why: 'range', low: 0, high: MAX_PRIZES };
  return prizes.some((prize, index) => prize > (prizes[index - 1] ?? prize)) ? { why: 'prizeOrder' } : prizes;
}

/** An instant from a field without a zone: the browser's own counts. NaN for none. */
const instant = (text: string): number => (text === '' ? Number.NaN : new Date(text).getTime());

/**
 * Reads the form. The server has the last word; what is found here is told at the field before anything is sent.
 * @param nowMs the server's clock
 */
export function readTerms(
  draft: TermsDraft,
  limits: Limits,
  nowMs: number,
): { readonly terms: NewTerms } | { readonly wrongs: Wrongs } {
  const wrongs: { -readonly [F in keyof TermsDraft]?: Wrong } = {};
  /** Notes what is wrong; the number otherwise, and 0 where it does not matter any more. */
  const number = (field: keyof TermsDraft, read: number | Wrong): number => {
    if (typeof read === 'number') return read;
    wrongs[field] = read;
    return 0;
  };
  const name = draft.name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const { length } = [...name];
  if (length < NAME.low || length > NAME.high) wrongs.name = { why: 'nameLength', ...NAME };
  const seats = number('seats', whole(draft.seats, { low: 2, high: limits.maxSeats[draft.format] }));
  const checkIn = number('checkInMinutes', whole(draft.checkInMinutes, CHECK_IN_MINUTES));
  const duration =
    draft.format === 'arena' ? number('durationMinutes', whole(draft.durationMinutes, ARENA_MINUTES)) : 60;
  const admissionsPerMinute = number('admissionsPerMinute', whole(draft.admissionsPerMinute, ADMISSIONS));
  const fee = number('fee', whole(draft.fee, { low: 0, high: limits.maxFee }));
  const prizes = prizesOf(draft.prizes);
  if (!Array.isArray(prizes)) wrongs.prizes = prizes;
  else if (prizes.some((prize) => prize > 0) && !limits.mayCharge) wrongs.prizes = { why: 'mayNotCharge' };
  if (fee > 0 && !limits.mayCharge) wrongs.fee = { why: 'mayNotCharge' };

  const opens = draft.opensAt === '' ? nowMs : instant(draft.opensAt);
  const starts = instant(draft.startsAt);
  if (Number.isNaN(opens)) wrongs.opensAt = { why: 'noTime' };
  else if (opens < nowMs - MINUTE_MS) wrongs.opensAt = { why: 'past' };
  if (Number.isNaN(starts)) wrongs.startsAt = { why: 'noTime' };
  else if (starts <= nowMs) wrongs.startsAt = { why: 'past' };
  else if (starts > nowMs + YEAR_MS) wrongs.startsAt = { why: 'tooFar' };
  else if (opens >= starts - checkIn * MINUTE_MS) wrongs.startsAt = { why: 'opensLate', low: checkIn };

  if (Object.keys(wrongs).length > 0 || !Array.isArray(prizes)) return { wrongs };
  return {
    terms: {
      name,
      blurb: draft.blurb.trim(),
      format: draft.format,
      seats,
      bestOf: draft.bestOf === '3' ? 3 : 1,
      opensAt: new Date(opens).toISOString(),
      startsAt: new Date(starts).toISOString(),
      checkInSeconds: checkIn * 60,
      durationSeconds: duration * 60,
      fee,
      prizes,
      admissionsPerMinute,
    },
  };
}

/** `2026-11-20T20:00` of an instant, as a field for local times takes it. */
export function localField(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * MINUTE_MS);
  return local.toISOString().slice(0, 16);
}
