import { z } from 'zod';

/** What a list that goes on page by page is asked with, whatever it lists. */
export function pageOf(options: { readonly default: number; readonly max: number }) {
  return {
    cursor: z.string().max(500).nullish(),
    limit: z.number().int().min(1).max(options.max).default(options.default),
  };
}

/** What was typed into a search field; PostgreSQL's text can't hold NUL. */
export const searchWords = z
  .string()
  .trim()
  .max(100)
  .refine((text) => !text.includes('\0'), 'no NUL characters')
  .optional();
