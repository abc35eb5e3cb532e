import { z } from 'zod';
import { CHARACTERS } from '../../../engine/fighter/characters/roster';
import { TournamentFormat } from '../../db/generated/enums';
import { idSchema } from '../../ids';

/** What pages may send; the rules that need the database stand in `limits.ts`. */

/** An instant; a time zone is needed. */
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const words = (max: number) => z.string().max(max);

export const characterIdSchema = z.int().min(1).max(CHARACTERS.length);
/** 64 hex digits that the entrant's own browser drew. */
export const nonceSchema = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits');

export const tournamentIdInput = z.object({ tournamentId: idSchema });

/** Everything an organiser chooses. */
export const termsSchema = z.object({
  /** 3 to 60 characters after trimming. */
  name: words(200),
  blurb: words(2_000).default(''),
  format: z.enum(TournamentFormat).default('single'),
  seats: z.int(),
  fee: z.int().default(0),
  bestOf: z.union([z.literal(1), z.literal(3)]).default(1),
  prizes: z.array(z.int()).max(32).default([]),
  opensAt: instant,
  /** By default when the check-in ends, that is at the start. */
  closesAt: instant.optional(),
  startsAt: instant,
  checkInSeconds: z.int().default(300),
  admissionsPerMinute: z.int().default(600),
  /** Arena only: how long it goes on. */
  durationSeconds: z.int().default(3_600),
  /** Ids of those who may run it, too. */
  organizerIds: z.array(idSchema).max(8).default([]),
});
export type Terms = z.output<typeof termsSchema>;

/** What is left out stays as it is. */
export const changesSchema = z.object({
  tournamentId: idSchema,
  name: words(200).optional(),
  blurb: words(2_000).optional(),
  seats: z.int().optional(),
  fee: z.int().optional(),
  bestOf: z.union([z.literal(1), z.literal(3)]).optional(),
  prizes: z.array(z.int()).max(32).optional(),
  opensAt: instant.optional(),
  closesAt: instant.optional(),
  startsAt: instant.optional(),
  checkInSeconds: z.int().optional(),
  admissionsPerMinute: z.int().optional(),
  durationSeconds: z.int().optional(),
  organizerIds: z.array(idSchema).max(8).optional(),
});
export type Changes = z.output<typeof changesSchema>;

/** The beginning of a name, and what its owner is looked for as. */
export const findPeopleInput = z.object({
  tournamentId: idSchema,
  text: words(40),
  as: z.enum(['organizer', 'replacement']),
});

export const listInput = z.object({
  /** upcoming: scheduled, open and in check-in; all: every status */
  which: z.enum(['upcoming', 'running', 'ended', 'all']).default('upcoming'),
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(500).nullish(),
});

export const reasonSchema = words(500);
export const announcementSchema = words(500);

/** Either the whole tournament (before it starts) or one pairing. */
export const rescheduleSchema = z.union([
  z.object({ tournamentId: idSchema, pairingId: idSchema, notBefore: instant.nullable() }),
  z.object({ tournamentId: idSchema, opensAt: instant.optional(), startsAt: instant }),
]);

export const roomNameSchema = words(200);
