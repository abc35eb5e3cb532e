import { z } from 'zod';
import { Role } from '../../db/generated/enums';
import { personSchema } from './fields';

export const createdTournamentSchema = z.object({ tournamentId: z.string() });

/** What the organiser's form has to know before it is sent. */
export const limitsSchema = z.object({
  role: z.enum(Role),
  /** Whether this person may charge a fee and put up prizes beyond the pot. */
  mayCharge: z.boolean(),
  maxSeats: z.object({ single: z.int(), double: z.int(), arena: z.int() }),
  maxFee: z.int(),
  maxOpen: z.int(),
  open: z.int(),
});

/** Why something of a tournament stays as it is. */
export const WHY_FIXED = [
  /** Registration has opened. */
  'opened',
  /** Who is there checks in at this moment. */
  'checking_in',
  /** Somebody has a seat, and paid or is paying by these rules. */
  'seats_taken',
] as const;

export type WhyFixed = (typeof WHY_FIXED)[number];

export const FIXABLE = ['opensAt', 'checkInSeconds', 'fee', 'prizes'] as const;

export type Fixable = (typeof FIXABLE)[number];

/** What the form that changes a tournament has to know. */
export const editingSchema = z.object({
  ...limitsSchema.pick({ mayCharge: true, maxSeats: true, maxFee: true }).shape,
  /** As many are taken, or two. */
  minSeats: z.int(),
  /** What may not change any more, and why. */
  fixed: z.array(z.object({ field: z.enum(FIXABLE), why: z.enum(WHY_FIXED) })),
});

/** Who was found by the beginning of a name; the first few by name. */
export const foundPeopleSchema = z.object({
  people: z.array(personSchema.extend({ isGuest: z.boolean() })),
  /** False: there are more of this beginning. */
  isAll: z.boolean(),
});

export type EditingView = Readonly<z.infer<typeof editingSchema>>;

export type FoundPeople = Readonly<z.infer<typeof foundPeopleSchema>>;
