import { z } from 'zod';
import { HANDICAP_NAMES, type HandicapName } from '../../../engine/fighter/handicap';
import { effect } from '../../../proto/scenario-steps';
import { lineView } from '../views';

/** What a fight was handed out with, as it is kept; and what is said at its end. */

/** A handicap as JSON. */
type KeptHandicap = Partial<Record<HandicapName, number>>;

const uint32 = z.int().min(0).max(0xffff_ffff);
const handicap = z
  .object(Object.fromEntries(HANDICAP_NAMES.map((name) => [name, z.int().optional()])))
  .transform(
    (value): KeptHandicap => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)),
  );

export const fightTerms = z.object({
  seed: uint32,
  characters: z.tuple([z.int(), z.int()]),
  winsNeeded: z.union([z.literal(1), z.literal(2)]),
  handicaps: z.tuple([handicap, handicap]),
  opponentId: z.string(),
  opponent: z.object({
    level: z.int().min(0).max(100),
    manner: z.enum(['rushdown', 'zoner', 'balanced']).optional(),
    seed: uint32,
    pace: z.int().min(0).max(2),
  }),
  /** Rule ids that a win may drop. */
  drops: z.array(z.int()),
});
export type FightTerms = z.infer<typeof fightTerms>;

/** A line that waits to be said, with what it changes. */
export const readyLine = z.object({ line: lineView, said: z.string().nullable(), effects: z.array(effect) });
export type ReadyLine = z.infer<typeof readyLine>;

export const readyLines = z.object({
  before: readyLine.nullable(),
  won: readyLine.nullable(),
  lost: readyLine.nullable(),
});
export type ReadyLines = z.infer<typeof readyLines>;
