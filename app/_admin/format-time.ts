/** A moment in UTC, to the millisecond where `precise`: `2026-11-21 02:03:04.567`. A dash for none. */
export function utc(moment: Date | null | undefined, precise = false): string {
  if (!moment) return '–';
  const text = moment.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, precise ? 23 : 19)}`;
}

/** A span of time in the unit that reads best: `340 ms`, `12.3 s`, `4 min 05 s`. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 100_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
