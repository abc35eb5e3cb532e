import { z } from 'zod';
import { SessionStatus } from '../db/generated/enums';

const playerSchema = z.object({
  playerId: z.string(),
  playerName: z.string(),
  /** null until the request is accepted. */
  characterId: z.int().nullable(),
});

/** A match between players, as lists and pages show it. */
export const matchSummarySchema = z.object({
  matchId: z.string(),
  status: z.enum(SessionStatus),
  /** Why it was declined or failed. */
  reason: z.string().nullable(),
  player1: playerSchema,
  player2: playerSchema,
  /** uint32 of the match, which also chooses the backdrop; null until the request is accepted. */
  seed: z.number().nullable(),
  /** When the fight began. */
  since: z.date().nullable(),
  endedAt: z.date().nullable(),
  /** The verdict; `winner` is 1, 2 or 0 and `frames` the length, 60 a second. */
  result: z.object({ winner: z.int(), reason: z.string(), frames: z.int() }).nullable(),
});

/** The same with whether its replay is kept. */
export const matchViewSchema = matchSummarySchema.extend({ hasReplay: z.boolean() });

export type MatchSummary = Readonly<z.infer<typeof matchSummarySchema>>;
