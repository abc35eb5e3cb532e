/**
 * Where the reader's clock is. Pages are written in UTC where the server makes them; what only the browser shows may be in the
 * reader's own time.
 */
export function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
