import { z } from 'zod';

/**
 * The form of every id that callers send: sessions, matches, trainings. Refuses what no id can be before
 * a database sees it, such as NUL, which PostgreSQL's text can't hold.
 */
export const idSchema = z.string().regex(/^[\w.:-]{1,128}$/, '1 to 128 letters, digits, or . _ : -');
