import { endsAt } from '../arena/run';
import { getTournament, type TournamentContext, today } from './context';

/** How long a bracket is put into a calendar for: nobody knows before it is fought. */
const BRACKET_MS = 2 * 3_600_000;
const MAX_LINE_BYTES = 75;

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
const stamp = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** A content line, folded (RFC 5545, 3.1): at most 75 bytes, never within a character. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (Buffer.byteLength(part + character) > MAX_LINE_BYTES) {
      parts.push(part);
      part = ` ${character}`;
    } else part += character;
  }
  return [...parts, part].join('\r\n');
}

/**
 * A tournament to take along: an iCalendar file (RFC 5545) for `GET /api/tournaments/:id/calendar.ics`, type `text/calendar`.
 * @param origin where the arcade is reached, for the link
 * @throws {AppError} no_event
 */
export async function calendarOf(
  ctx: TournamentContext,
  tournamentId: string,
  origin: string,
): Promise<string> {
  const row = await getTournament(ctx.db, tournamentId);
  const end = row.format === 'arena' ? endsAt(row) : new Date(row.startsAt.getTime() + BRACKET_MS);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Arcade Clash//Tournaments//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${row.id}@${new URL(origin).hostname}`,
    // Grows with each change, so that a file taken later replaces the one taken before.
    `SEQUENCE:${row.version}`,
    `DTSTAMP:${stamp(today(ctx))}`,
    `DTSTART:${stamp(row.startsAt)}`,
    `DTEND:${stamp(row.endedAt && row.endedAt > row.startsAt ? row.endedAt : end)}`,
    `SUMMARY:${escaped(row.name)}`,
    ...(row.blurb ? [`DESCRIPTION:${escaped(row.blurb)}`] : []),
    `URL:${new URL(`/tournaments/${row.id}`, origin).href}`,
    `STATUS:${row.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(row.checkInSeconds > 0
      ? [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `DESCRIPTION:${escaped(row.name)}`,
          `TRIGGER:-PT${row.checkInSeconds}S`,
          'END:VALARM',
        ]
      : []),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
