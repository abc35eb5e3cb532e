import * as z from 'zod/mini';

/**
 * A moment of a fight that practice begins from, as a scenario's `metadata.situation`: the numbers of a `GameState`, so that
 * what a stream shows can be practised.
 */

const share = z.int().check(z.minimum(0), z.maximum(100));
const character = z.int().check(z.minimum(1), z.maximum(9999));

const place = z.object({
  /** Stage units from the middle, and above the floor. */
  position_x: z.int().check(z.minimum(-440), z.maximum(440)),
  position_y: z._default(z.int().check(z.minimum(0), z.maximum(400)), 0),
  /** Percent of full. */
  health: z._default(z.int().check(z.minimum(1), z.maximum(100)), 100),
  super_gauge: z._default(share, 0),
});

export const STANCES = ['stand', 'crouch', 'jump', 'guard'] as const;

export const situation = z.object({
  /** Player 1 is whoever practises. */
  characters: z.tuple([character, character]),
  /** Seconds left in the round. */
  timer: z._default(z.int().check(z.minimum(1), z.maximum(99)), 99),
  player1: place,
  player2: place,
  /** What the dummy does. */
  stance: z._default(z.enum(STANCES), 'stand'),
});
export type Situation = z.infer<typeof situation>;
