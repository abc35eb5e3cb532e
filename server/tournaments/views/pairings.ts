import { z } from 'zod';
import { PairingStatus, TournamentFormat, TournamentStatus } from '../../db/generated/enums';
import { personSchema, time } from './fields';

export const pairingSlotSchema = personSchema.extend({
  seed: z.int().nullable(),
  characterId: z.int(),
});

/** Why a pairing went as it did; null while it is open. The first four are the judge's. */
export const PAIRING_REASONS = [
  'knockout',
  'timeout',
  'forfeit',
  'draw',
  /** One was not there in time, or left before the fight. */
  'no_show',
  /** Nobody was there in time: the better seed goes on. */
  'both_absent',
  /** Nothing decided it twice: the better seed goes on. */
  'seed',
  'disqualified',
  'withdrawn',
  /** Arena and rooms: no fight came about, or it does not count. */
  'no_contest',
] as const;

export type PairingReason = (typeof PAIRING_REASONS)[number];

export const pairingSchema = z.object({
  pairingId: z.string(),
  number: z.int(),
  /** Single: 0. Double: 0 winners, 1 losers, 2 grand final. Arena and rooms: 0. */
  group: z.int(),
  /** From 1 within its group. */
  round: z.int(),
  /** From 1 within its round, as a bracket is drawn from top to bottom. */
  row: z.int(),
  status: z.enum(PairingStatus),
  player1: pairingSlotSchema.nullable(),
  player2: pairingSlotSchema.nullable(),
  /** Fights won by each. */
  wins1: z.int(),
  wins2: z.int(),
  /** 1 or 2; 0 while open, or for a draw in an arena. */
  winner: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  reason: z.enum(PAIRING_REASONS).nullable(),
  /** The fight that runs, or the last one: `/play/<id>`, `/watch/<id>`, `/replay/<id>`. */
  sessionId: z.string().nullable(),
  /** A draw, dispute or no contest is being fought again. */
  isReplay: z.boolean(),
  /** Not called before this. */
  notBefore: time.nullable(),
  /** Called: who is not there until then loses. */
  deadlineAt: time.nullable(),
  endedAt: time.nullable(),
});

export const standingSchema = personSchema.extend({
  place: z.int(),
  points: z.int(),
  /** Fights won in a row; from 2 on each point counts double. */
  streak: z.int(),
  fights: z.int(),
  rating: z.int(),
  /** Wants the next fight as soon as there is one. */
  isReady: z.boolean(),
  isFighting: z.boolean(),
});

export const runningFightSchema = z.object({
  sessionId: z.string(),
  pairingId: z.string(),
  player1: pairingSlotSchema,
  player2: pairingSlotSchema,
});

export const bracketSchema = z.object({
  tournamentId: z.string(),
  /** Grows with each change. */
  version: z.int(),
  status: z.enum(TournamentStatus),
  format: z.enum(TournamentFormat),
  isPaused: z.boolean(),
  announcement: z.string(),
  bestOf: z.int(),
  endsAt: time.nullable(),
  /** Bracket: all pairings by number, byes left out. Arena: the latest 100, newest first. */
  pairings: z.array(pairingSchema),
  /** Arena only; best first. */
  standings: z.array(standingSchema),
  /** Fights that go on now, for tiles. */
  running: z.array(runningFightSchema),
});

export type BracketView = Readonly<z.infer<typeof bracketSchema>>;

export type PairingView = Readonly<z.infer<typeof pairingSchema>>;
