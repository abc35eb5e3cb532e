import type { Limits, NewTerms, TermsDraft, Wrong, Wrongs } from './terms';

const NAME = { low: 3, high: 60 };
const CHECK_IN_MINUTES = { low: 0, high: 60 };
const ARENA_MINUTES = { low: 5, high: 360 };
const ADMISSIONS = { low: 1, high: 60_000 };
const MAX_PRIZES = 100_000;
const YEAR_MS = 366 * 24 * 3_600_000;
const MINUTE_MS = 60_000;
const TIMES = ['opensAt', 'startsAt', 'checkInMinutes'] as const;

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
 * @param asked the fields that are read; of the others only how they go together with these. All by default
 */
export function readTerms(
  draft: TermsDraft,
  limits: Limits,
  nowMs: number,
  asked: (field: keyof TermsDraft) => boolean = () => true,
): { readonly terms: NewTerms } | { readonly wrongs: Wrongs } {
  const wrongs: { -readonly [F in keyof TermsDraft]?: Wrong } = {};
  const tell = (field: keyof TermsDraft, wrong: Wrong) => {
    if (asked(field)) wrongs[field] = wrong;
  };
  /** Notes what is wrong; the number otherwise, and 0 where it does not matter any more. */
  const number = (field: keyof TermsDraft, read: number | Wrong): number => {
    if (typeof read === 'number') return read;
    tell(field, read);
    return 0;
  };
  const { mayCharge, minSeats = 2, maxSeats, maxFee } = limits;
  const name = draft.name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  const { length } = [...name];
  if (length < NAME.low || length > NAME.high) tell('name', { why: 'nameLength', ...NAME });
  const seats = number('seats', whole(draft.seats, { low: minSeats, high: maxSeats[draft.format] }));
  const checkIn = number('checkInMinutes', whole(draft.checkInMinutes, CHECK_IN_MINUTES));
  const duration =
    draft.format === 'arena' ? number('durationMinutes', whole(draft.durationMinutes, ARENA_MINUTES)) : 60;
  const admissionsPerMinute = number('admissionsPerMinute', whole(draft.admissionsPerMinute, ADMISSIONS));
  const fee = number('fee', whole(draft.fee, { low: 0, high: maxFee }));
  const prizes = prizesOf(draft.prizes);
  if (!Array.isArray(prizes)) tell('prizes', prizes);
  else if (prizes.some((prize) => prize > 0) && !mayCharge) tell('prizes', { why: 'mayNotCharge' });
  if (fee > 0 && !mayCharge) tell('fee', { why: 'mayNotCharge' });

  const opens = draft.opensAt === '' ? nowMs : instant(draft.opensAt);
  const starts = instant(draft.startsAt);
  if (Number.isNaN(opens)) tell('opensAt', { why: 'noTime' });
  else if (opens < nowMs - MINUTE_MS) tell('opensAt', { why: 'past' });
  if (Number.isNaN(starts)) tell('startsAt', { why: 'noTime' });
  else if (starts <= nowMs) tell('startsAt', { why: 'past' });
  else if (starts > nowMs + YEAR_MS) tell('startsAt', { why: 'tooFar' });
  else if (opens >= starts - checkIn * MINUTE_MS && TIMES.some(asked))
    wrongs.startsAt = { why: 'opensLate', low: checkIn };

  if (Object.keys(wrongs).length > 0) return { wrongs };
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
      prizes: Array.isArray(prizes) ? prizes : [],
      admissionsPerMinute,
    },
  };
}
