import { z } from 'zod';
import {
  PairingStatus,
  ReservationStatus,
  Role,
  TournamentFormat,
  TournamentStatus,
} from '../db/generated/enums';

/** What pages get to see of tournaments, queues, wallets and rooms. Times are ISO 8601 in UTC; coins are whole numbers. Lists
 * and `tournament.get` carry the server's clock; what streams does not, as it would differ at each reading. */

const time = z.iso.datetime();
const coins = z.int().min(0);
const seconds = z.number().min(0);

export const personSchema = z.object({ playerId: z.string(), playerName: z.string() });

/** Glicko-2; `isProvisional` while the deviation says that little is known (above 110). */
export const ratingSchema = z.object({
  rating: z.int(),
  deviation: z.int(),
  fights: z.int().min(0),
  isProvisional: z.boolean(),
});

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

export const placeSchema = z.object({
  /** The waiting token: the same on every device of the person. */
  token: z.string(),
  /** What stands for the place in the public log. */
  entryId: z.string(),
  state: z.enum(['waiting', 'ready', 'admitted', 'used', 'left', 'expired']),
  /** From 1; 0 before the draw and when it is over. */
  position: z.int().min(0),
  waiting: z.int().min(0),
  estimate: z.object({ seconds, low: seconds, high: seconds }).nullable(),
  joinedAt: time,
  readyUntil: time.nullable(),
  expiresAt: time,
});

/** A seat and its countdown. */
export const seatSchema = z.object({
  reservationId: z.string(),
  state: z.enum(ReservationStatus),
  seat: z.int(),
  fee: coins,
  holdExpiresAt: time,
  /** The countdown stands while its person pays. */
  isPaused: z.boolean(),
  mayExtend: z.boolean(),
  paymentIntentId: z.string().nullable(),
  /** Why it ended, where it did. */
  reason: z.string().nullable(),
});

export const PAYMENT_STATES = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
  'refunded',
  'expired',
] as const;

export const paymentSchema = z.object({
  paymentIntentId: z.string(),
  state: z.enum(PAYMENT_STATES),
  amount: coins,
  failureReason: z.string().nullable(),
  refunded: coins,
});

/** The whole waiting room in one value. */
export const waitingRoomSchema = z.object({
  tournamentId: z.string(),
  status: z.enum(TournamentStatus),
  isPaused: z.boolean(),
  isFull: z.boolean(),
  opensAt: time,
  closesAt: time,
  startsAt: time,
  fee: coins,
  seats: z.int(),
  confirmed: z.int(),
  held: z.int(),
  /** null without a place */
  place: placeSchema.nullable(),
  /** The latest seat of the person, whatever became of it; null without one. */
  seat: seatSchema.nullable(),
  /** The payment of that seat. */
  payment: paymentSchema.nullable(),
  /** Coins of the person. */
  balance: coins,
  isEntrant: z.boolean(),
  isCheckedIn: z.boolean(),
});

export const walletSchema = z.object({
  balance: coins,
  currency: z.literal('COIN'),
});

export const walletHistorySchema = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: time,
      /** Below zero: paid. */
      amount: z.int(),
      balanceAfter: z.int(),
      /** welcome, daily, fee, refund, prize, grant, … */
      kind: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const roomSummarySchema = z.object({
  roomId: z.string(),
  name: z.string(),
  host: personSchema,
  /** Who stays. */
  champion: personSchema.nullable(),
  /** Fights that the champion has won in a row. */
  streak: z.int(),
  waiting: z.int(),
  /** The fight that is called or runs. */
  pairing: pairingSchema.nullable(),
  createdAt: time,
  closedAt: time.nullable(),
});

export const roomListSchema = z.object({ now: time, rooms: z.array(roomSummarySchema) });

export const roomViewSchema = roomSummarySchema.extend({
  /** Who waits, the next one first; the first 50. */
  queue: z.array(personSchema.extend({ position: z.int() })),
  /** The last 20 fights, newest first. */
  past: z.array(pairingSchema),
  my: z
    .object({
      isHost: z.boolean(),
      isChampion: z.boolean(),
      isIn: z.boolean(),
      /** 0 without a place in the queue */
      position: z.int(),
    })
    .nullable(),
});

export const doneSchema = z.object({ ok: z.literal(true) });
export const createdTournamentSchema = z.object({ tournamentId: z.string() });
export const createdRoomSchema = z.object({ roomId: z.string() });

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

/** What the front page tells. */
export const comingSchema = z.object({
  now: time,
  /** The next that begins, else the latest that runs. */
  next: tournamentSummarySchema.nullable(),
  /** Rooms that are open. */
  rooms: z.int(),
});

export type EditingView = Readonly<z.infer<typeof editingSchema>>;
export type FoundPeople = Readonly<z.infer<typeof foundPeopleSchema>>;
export type ComingView = Readonly<z.infer<typeof comingSchema>>;
export type TournamentSummary = Readonly<z.infer<typeof tournamentSummarySchema>>;
export type TournamentView = Readonly<z.infer<typeof tournamentViewSchema>>;
export type BracketView = Readonly<z.infer<typeof bracketSchema>>;
export type PairingView = Readonly<z.infer<typeof pairingSchema>>;
export type WaitingRoom = Readonly<z.infer<typeof waitingRoomSchema>>;
export type RoomSummary = Readonly<z.infer<typeof roomSummarySchema>>;
export type RoomView = Readonly<z.infer<typeof roomViewSchema>>;
export type WalletHistory = Readonly<z.infer<typeof walletHistorySchema>>;
