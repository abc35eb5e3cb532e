import { z } from 'zod';

/**
 * What pages get to see of tournaments, queues, wallets and rooms. Times are ISO 8601 in UTC; coins are whole numbers. Lists and
 * `tournament.get` carry the server's clock; what streams does not, as it would differ at each reading.
 */

export const time = z.iso.datetime();

export const coins = z.int().min(0);

export const seconds = z.number().min(0);

export const personSchema = z.object({ playerId: z.string(), playerName: z.string() });

/** Glicko-2; `isProvisional` while the deviation says that little is known (above 110). */
export const ratingSchema = z.object({
  rating: z.int(),
  deviation: z.int(),
  fights: z.int().min(0),
  isProvisional: z.boolean(),
});

export const doneSchema = z.object({ ok: z.literal(true) });
