import { z } from 'zod';
import { idSchema } from '../../ids';
import { watchValue } from '../../streams/streams';
import { desk, deskIfOpen } from '../../tournaments/desk';
import { checkIn, chooseFighter, standBy } from '../../tournaments/running/entering';
import { findPeople } from '../../tournaments/running/find-people';
import {
  announcementSchema,
  changesSchema,
  characterIdSchema,
  findPeopleInput,
  listInput,
  nonceSchema,
  reasonSchema,
  rescheduleSchema,
  termsSchema,
  tournamentIdInput,
} from '../../tournaments/running/inputs';
import { limitsOf } from '../../tournaments/running/limits';
import {
  announce,
  cancelTournament,
  createTournament,
  openTournament,
  pauseTournament,
  resumeTournament,
} from '../../tournaments/running/organise';
import { showTournament } from '../../tournaments/running/show';
import { showBracket } from '../../tournaments/running/show-bracket';
import { showEditing } from '../../tournaments/running/show-editing';
import { listTournaments } from '../../tournaments/running/show-list';
import { disqualify, replaceEntrant, reschedule } from '../../tournaments/running/steer';
import { extendSeat, leaveTournament, pay, reserve, takePlace } from '../../tournaments/running/tickets';
import { updateTournament } from '../../tournaments/running/update';
import { doneSchema } from '../../tournaments/views/fields';
import {
  createdTournamentSchema,
  editingSchema,
  foundPeopleSchema,
  limitsSchema,
} from '../../tournaments/views/organising';
import { type BracketView, bracketSchema } from '../../tournaments/views/pairings';
import {
  comingSchema,
  tournamentListSchema,
  tournamentViewSchema,
} from '../../tournaments/views/tournaments';
import { paymentSchema, placeSchema, seatSchema } from '../../tournaments/views/waiting-room';
import { playerProcedure, publicProcedure, router } from '../init';
import { streamOf } from '../stream-output';
import { comingNow, tournamentRoom } from '../tournament-room';
import { withTrpcErrors } from '../tracked-events';

/** How often a bracket is read while somebody looks at it. */
const BRACKET_MS = 1_000;
const OK = { ok: true as const };

/** Tournaments: what anybody may see, what players do, and what organisers do. */
export const tournamentRouter = router({
  /** Tournaments with everything a countdown needs. */
  list: publicProcedure
    .input(listInput.prefault({}))
    .output(tournamentListSchema)
    .query(({ input }) => listTournaments(tournamentRoom(), input)),

  /** What the front page tells: the next tournament, and how many rooms are open. */
  coming: publicProcedure.output(comingSchema).query(() => comingNow()()),

  /** One tournament as its poster shows it, and what the asker may do. */
  get: publicProcedure
    .input(tournamentIdInput)
    .output(tournamentViewSchema)
    .query(({ ctx, input }) => showTournament(tournamentRoom(), input.tournamentId, ctx.user)),

  bracket: publicProcedure
    .input(tournamentIdInput)
    .output(bracketSchema)
    .query(({ input }) => showBracket(tournamentRoom(), input.tournamentId)),

  /** The same, now and after each change. Who watches shares one reading. */
  bracketStream: publicProcedure
    .input(tournamentIdInput)
    .output(streamOf<BracketView>())
    .subscription(async function* ({ ctx, input: { tournamentId }, signal }) {
      const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
      const read = () => showBracket(tournamentRoom(), tournamentId);
      yield* withTrpcErrors(watchValue(`bracket:${tournamentId}`, read, BRACKET_MS, looking));
    }),

  /** Takes a place in the queue, or gives the one that the person has. The nonce goes into the draw. */
  join: playerProcedure
    .input(tournamentIdInput.extend({ nonce: nonceSchema.optional() }))
    .output(placeSchema)
    .mutation(({ ctx, input }) => takePlace(desk(), ctx.user, input)),

  /** First click: admission, if it is one's turn, and a seat that is held. A fee of 0 is confirmed at once. */
  reserve: playerProcedure
    .input(tournamentIdInput)
    .output(seatSchema)
    .mutation(({ ctx, input }) => reserve(tournamentRoom(), desk(), ctx.user, input.tournamentId)),

  /** Second click: pays the fee and confirms the seat. Doing it again after a lost answer is safe. */
  pay: playerProcedure
    .input(z.object({ reservationId: idSchema }))
    .output(z.object({ seat: seatSchema, payment: paymentSchema.nullable() }))
    .mutation(({ ctx, input }) => pay(tournamentRoom(), desk(), ctx.user, input.reservationId)),

  /** Once, by the time that a hold lasts at most. */
  extendHold: playerProcedure
    .input(z.object({ reservationId: idSchema }))
    .output(seatSchema)
    .mutation(({ ctx, input }) => extendSeat(tournamentRoom(), desk(), ctx.user, input.reservationId)),

  /** Gives up the place, the held or the confirmed seat: before the close the fee comes back. */
  leave: playerProcedure
    .input(tournamentIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await leaveTournament(tournamentRoom(), deskIfOpen(), ctx.user, input.tournamentId);
      return OK;
    }),

  /** Says "I am here" in the window before the start; optionally with which fighter. */
  checkIn: playerProcedure
    .input(tournamentIdInput.extend({ characterId: characterIdSchema.optional() }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await checkIn(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** With which fighter one fights from the next fight on. */
  chooseFighter: playerProcedure
    .input(tournamentIdInput.extend({ characterId: characterIdSchema }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await chooseFighter(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** Arena: wants the next fight, or a pause. */
  standBy: playerProcedure
    .input(tournamentIdInput.extend({ isReady: z.boolean() }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await standBy(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** What the organiser's form has to know. */
  limits: playerProcedure.output(limitsSchema).query(({ ctx }) => limitsOf(tournamentRoom(), ctx.user)),

  create: playerProcedure
    .input(termsSchema)
    .output(createdTournamentSchema)
    .mutation(({ ctx, input }) => createTournament(tournamentRoom(), ctx.user, input)),

  /** What the form that changes a tournament has to know, for those who run it. */
  editing: playerProcedure
    .input(tournamentIdInput)
    .output(editingSchema)
    .query(({ ctx, input }) => showEditing(tournamentRoom(), ctx.user, input.tournamentId)),

  /** People by the beginning of their names, for those who run it: 8 at most, 60 looks a minute. */
  findPeople: playerProcedure
    .input(findPeopleInput)
    .output(foundPeopleSchema)
    .query(({ ctx, input }) => findPeople(tournamentRoom(), ctx.user, input)),

  /** Before it starts; what `editing` names stays. */
  update: playerProcedure
    .input(changesSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await updateTournament(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** Opens registration now. */
  open: playerProcedure
    .input(tournamentIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await openTournament(tournamentRoom(), ctx.user, input.tournamentId);
      return OK;
    }),

  /** Ends it without a winner; every fee goes back. */
  cancel: playerProcedure
    .input(tournamentIdInput.extend({ reason: reasonSchema.default('') }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await cancelTournament(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** Nobody is admitted and no pairing is called; fights that go on go on. */
  pause: playerProcedure
    .input(tournamentIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await pauseTournament(tournamentRoom(), ctx.user, input.tournamentId);
      return OK;
    }),

  /** Times that have not come yet move by the length of the pause. */
  resume: playerProcedure
    .input(tournamentIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await resumeTournament(tournamentRoom(), ctx.user, input.tournamentId);
      return OK;
    }),

  announce: playerProcedure
    .input(tournamentIdInput.extend({ text: announcementSchema }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await announce(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** Somebody else fights in an entrant's stead, before the first pairing of that entrant is fought. */
  replace: playerProcedure
    .input(tournamentIdInput.extend({ playerId: idSchema, byPlayerId: idSchema }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await replaceEntrant(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** The entrant loses what is open and what would come. */
  disqualify: playerProcedure
    .input(tournamentIdInput.extend({ playerId: idSchema, reason: reasonSchema.default('') }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await disqualify(tournamentRoom(), ctx.user, input);
      return OK;
    }),

  /** The tournament to another time, or one pairing not before a time. */
  reschedule: playerProcedure
    .input(rescheduleSchema)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await reschedule(tournamentRoom(), ctx.user, input);
      return OK;
    }),
});
