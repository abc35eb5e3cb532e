import { z } from 'zod';

/** A date as the database takes it: PostgreSQL's timestamps and JavaScript's dates have other ends. */
export const dateSchema = z.coerce
  .date()
  .min(new Date('1970-01-01T00:00:00Z'))
  .max(new Date('9999-12-31T23:59:59Z'));
