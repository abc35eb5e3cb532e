import { z } from 'zod';

/** An id that has to be there. */
export const id = z.string().trim().min(1, 'is missing');

/** Text that may be left out: then it is empty, as in a message. */
export const textOf = (most: number) =>
  z
    .string()
    .max(most)
    .nullish()
    .transform((value) => value ?? '');
export const text = textOf(500);

/** Pages of lists: `?page_size=&cursor=`. */
export const paging = {
  page_size: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(500).optional(),
} as const;

/** The same in a message: pages follow each other by cursor. */
export const pagination = ({
  page_size = 0,
  cursor = '',
}: {
  readonly page_size?: number | undefined;
  readonly cursor?: string | undefined;
}) => ({ page: 0, page_size, cursor });

/** What a list says of its page. */
export const pageInfo = z.looseObject({ next_cursor: z.string() }).nullable();

/** A word that a list is asked by, if any, is one of those that there are. */
export const wordOf = (numberOf: (word: string) => number | undefined, words: string) =>
  z
    .string()
    .refine((word) => numberOf(word) !== undefined, `is none of ${words}`)
    .optional();
