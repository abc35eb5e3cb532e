import { z } from 'zod';
import { ReservationStatus, TournamentFormat, TournamentStatus } from '../../db/generated/enums';
import { coins, personSchema, ratingSchema, time } from './fields';
import { pairingSchema } from './pairings';

/** A tournament in a list, with everything a countdown needs. */
export const tournamentSummarySchema = z.object({
  tournamentId: z.string(),
  name: z.string(),
  format: z.enum(TournamentFormat),
  status: z.enum(TournamentStatus),
  isPaused: z.boolean(),
  /** Why it was cancelled. */
  reason: z.string().nullable(),
  seats: z.int(),
  /** Confirmed seats, and those that somebody holds while paying. */
  confirmed: z.int(),
  held: z.int(),
  fee: coins,
  /** Fights of a set: 1 or 3. */
  bestOf: z.int(),
  /** Coins by place, first place first; what people of the same place get is put together and shared. */
  prizes: z.array(coins),
  opensAt: time,
  closesAt: time,
  /** When check-in begins; null without one. */
  checkInAt: time.nullable(),
  startsAt: time,
  /** Arena only: no pairing is made after it. */
  endsAt: time.nullable(),
  endedAt: time.nullable(),
  owner: personSchema,
  winner: personSchema.nullable(),
});

export const tournamentListSchema = z.object({
  /** The server's clock, for countdowns. */
  now: time,
  tournaments: z.array(tournamentSummarySchema),
  nextCursor: z.string().nullable(),
});

export const entrantSchema = personSchema.extend({
  isGuest: z.boolean(),
  rating: ratingSchema,
  characterId: z.int(),
  /** 1 is the best; null before the bracket is drawn up, where the order of the list foretells it. */
  seed: z.int().nullable(),
  isCheckedIn: z.boolean(),
  /** null while in */
  outBecause: z.enum(['withdrawn', 'disqualified', 'no_show', 'replaced']).nullable(),
  /** 1 is the winner; several may share a place. */
  place: z.int().nullable(),
  prize: coins,
});

export const ACTIONS = [
  'join',
  'leave',
  'checkIn',
  'standBy',
  'chooseFighter',
  'update',
  'nameOrganizers',
  'open',
  'cancel',
  'pause',
  'resume',
  'announce',
  'replace',
  'disqualify',
  'reschedule',
] as const;

export type TournamentAction = (typeof ACTIONS)[number];

export const tournamentViewSchema = tournamentSummarySchema.extend({
  now: time,
  version: z.int(),
  blurb: z.string(),
  announcement: z.string(),
  checkInSeconds: z.int(),
  admissionsPerMinute: z.int(),
  /** Arena only. */
  durationSeconds: z.int(),
  /** Seconds that somebody who was called has to appear. */
  callSeconds: z.int(),
  /** Coins in the pot at this moment. */
  pot: coins,
  organizers: z.array(personSchema),
  entrants: z.array(entrantSchema),
  /** null when signed out */
  my: z
    .object({
      isOrganizer: z.boolean(),
      isEntrant: z.boolean(),
      isCheckedIn: z.boolean(),
      outBecause: entrantSchema.shape.outBecause,
      place: z.int().nullable(),
      /** The seat that one holds or has. */
      reservation: z
        .object({ reservationId: z.string(), state: z.enum(ReservationStatus), seat: z.int() })
        .nullable(),
      /** The pairing that one has to come to, or fights in. */
      pairing: pairingSchema.nullable(),
      /** Arena: wants the next fight. */
      isReady: z.boolean(),
    })
    .nullable(),
  /** What whoever asks may do now. */
  may: z.array(z.enum(ACTIONS)),
});

/** What the front page tells. */
export const comingSchema = z.object({
  now: time,
  /** The next that begins, else the latest that runs. */
  next: tournamentSummarySchema.nullable(),
  /** Rooms that are open. */
  rooms: z.int(),
});

export type ComingView = Readonly<z.infer<typeof comingSchema>>;

export type TournamentSummary = Readonly<z.infer<typeof tournamentSummarySchema>>;

export type TournamentView = Readonly<z.infer<typeof tournamentViewSchema>>;
