const two = (value: number): string => String(value).padStart(2, '0');

interface Units {
  readonly day: string;
  readonly hour: string;
}

const ENGLISH: Units = { day: ' d ', hour: ' h' };
const UNITS: Readonly<Record<string, Units>> = { ko: { day: '일 ', hour: '시간' } };

/**
 * Time left as a countdown shows it: `0:42`, `12:05`, `2:03:45`, from two days on `3 d 4 h`. The last second counts until
 * it is over: 1 ms left is `0:01`.
 */
export function countdown(leftMs: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const unit = UNITS[locale] ?? ENGLISH;
  if (hours >= 48) return `${Math.floor(hours / 24)}${unit.day}${hours % 24}${unit.hour}`;
  if (hours >= 1) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** A time to wait, in the unit that people think in, with the bounds that it was estimated with. */
export interface Wait {
  readonly unit: 'seconds' | 'minutes' | 'hours';
  readonly about: number;
  readonly low: number;
  readonly high: number;
}

const MINUTE_S = 60;
const HOUR_S = 3_600;

/**
 * An estimate as it is told: under a minute and a half in steps of five seconds, then in minutes, from two hours on in hours. The
 * bounds are rounded outward, so that what is told is never surer than what is known.
 */
export function waitOf(estimate: {
  readonly seconds: number;
  readonly low: number;
  readonly high: number;
}): Wait {
  const { seconds, low, high } = estimate;
  if (seconds < 1.5 * MINUTE_S) return inSteps('seconds', 1, 5, seconds, low, high);
  if (seconds < 2 * HOUR_S) return inSteps('minutes', MINUTE_S, 1, seconds, low, high);
  return inSteps('hours', HOUR_S, 1, seconds, low, high);
}

function inSteps(
  unit: Wait['unit'],
  size: number,
  step: number,
  seconds: number,
  low: number,
  high: number,
): Wait {
  const scaled = (value: number) => value / size / step;
  const lower = Math.floor(scaled(low)) * step;
  const upper = Math.max(step, Math.ceil(scaled(high)) * step);
  const about = Math.max(step, Math.round(scaled(seconds)) * step);
  return { unit, about, low: Math.min(lower, about), high: Math.max(upper, about) };
}
