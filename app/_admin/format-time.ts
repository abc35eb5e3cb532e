/** A moment in UTC, to the millisecond where `precise`: `2026-11-21 02:03:04.567`. A dash for none. */
export function utc(moment: Date | null | undefined, precise = false): string {
  if (!moment) return '–';
  const text = moment.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, precise ? 23 : 19)}`;
}

interface Units {
  readonly ms: string;
  readonly s: string;
  readonly min: string;
  readonly h: string;
  readonly d: string;
}

const ENGLISH: Units = { ms: ' ms', s: ' s', min: ' min', h: ' h', d: ' d' };
const UNITS: Readonly<Record<string, Units>> = { ko: { ms: 'ms', s: '초', min: '분', h: '시간', d: '일' } };

const two = (value: number): string => String(value).padStart(2, '0');

/** A span of time in the units that read best: `340 ms`, `12.3 s`, `4 min 05 s`, `3 h 20 min`, `2 d 4 h`. */
export function span(milliseconds: number, locale: string): string {
  const unit = UNITS[locale] ?? ENGLISH;
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${unit.ms}`;
  if (milliseconds < 100_000) return `${(milliseconds / 1000).toFixed(1)}${unit.s}`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)}${unit.d} ${hours % 24}${unit.h}`;
  if (hours >= 1) return `${hours}${unit.h} ${two(minutes % 60)}${unit.min}`;
  return `${minutes}${unit.min} ${two(seconds % 60)}${unit.s}`;
}
