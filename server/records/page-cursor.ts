import { z } from 'zod';
import { AppError } from '../errors';
import { idSchema } from '../ids';
import { dateSchema } from './dates';

/** A place in a list that is ordered by time and then id, newest first. */
export interface Place {
  readonly createdAt: Date;
  readonly id: string;
}

/** An opaque cursor: rows that come after this place form the next page, however many were added meanwhile. */
export function encodeCursor(place: Place): string {
  return Buffer.from(`${place.createdAt.toISOString()} ${place.id}`).toString('base64url');
}

/** @throws {AppError} BAD_REQUEST for anything `encodeCursor` did not make. */
export function decodeCursor(cursor: string): Place {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const place = z.object({ createdAt: dateSchema, id: idSchema }).safeParse({ createdAt: time, id });
  if (!place.success)
    throw new AppError('BAD_REQUEST', 'The page cursor is not valid. Start again from the first page.');
  return place.data;
}

/** A Prisma filter for what comes after a cursor, newest first. */
export function afterCursor(cursor: string | null | undefined) {
  if (!cursor) return {};
  const { createdAt, id } = decodeCursor(cursor);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

/** Cuts the one extra row that was asked for, and turns it into a cursor. */
export function toPage<Row extends Place>(
  rows: readonly Row[],
  limit: number,
): { rows: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}
