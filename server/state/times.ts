/** Moments and durations as the State Manager's clients read them. */

/** ISO 8601, UTC without a zone, microseconds. */
export function isoTime(at: Date): string {
  return `${at.toISOString().slice(0, -1)}000`;
}

export function isoTimeOrNull(at: Date | null | undefined): string | null {
  return at ? isoTime(at) : null;
}

/** An ISO 8601 duration of days, hours, minutes and seconds; nothing is `PT0S`. */
export function isoDuration(ms: number): string {
  const rest = Math.max(0, Math.round(ms));
  const days = Math.floor(rest / 86_400_000);
  const hours = Math.floor(rest / 3_600_000) % 24;
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = (rest % 60_000) / 1_000;
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  if (days === 0 && time === '') return 'PT0S';
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}
