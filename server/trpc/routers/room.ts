import { z } from 'zod';
import { idSchema } from '../../ids';
import { watchValue } from '../../streams/streams';
import { desk, deskIfOpen } from '../../tournaments/desk';
import { closeRoom, createRoom, joinRoom, leaveRoom } from '../../tournaments/rooms/entering';
import { listRooms, showRoom } from '../../tournaments/rooms/show';
import { characterIdSchema, roomNameSchema } from '../../tournaments/running/inputs';
import { doneSchema } from '../../tournaments/views/fields';
import {
  createdRoomSchema,
  type RoomView,
  roomListSchema,
  roomViewSchema,
} from '../../tournaments/views/rooms';
import { playerProcedure, publicProcedure, router } from '../init';
import { streamOf } from '../stream-output';
import { tournamentRoom } from '../tournament-room';
import { withTrpcErrors } from '../tracked-events';

const ROOM_MS = 1_000;
const OK = { ok: true as const };
const roomIdInput = z.object({ roomId: idSchema });

/** Rooms where the winner stays. */
export const roomRouter = router({
  /** Open rooms, the busiest first. */
  list: publicProcedure.output(roomListSchema).query(() => listRooms(tournamentRoom(), deskIfOpen())),

  get: publicProcedure
    .input(roomIdInput)
    .output(roomViewSchema)
    .query(({ ctx, input }) => showRoom(tournamentRoom(), deskIfOpen(), input.roomId, ctx.user)),

  /** The same without what is one's own, now and after each change: everybody who watches shares one reading. */
  stream: publicProcedure
    .input(roomIdInput)
    .output(streamOf<RoomView>())
    .subscription(async function* ({ ctx, input: { roomId }, signal }) {
      const looking = { address: ctx.address, signal: signal ?? new AbortController().signal };
      const read = () => showRoom(tournamentRoom(), deskIfOpen(), roomId, null);
      yield* withTrpcErrors(watchValue(`room:${roomId}`, read, ROOM_MS, looking));
    }),

  /** Opens a room; whoever opens it stands first in its queue. */
  create: playerProcedure
    .input(z.object({ name: roomNameSchema, characterId: characterIdSchema.optional() }))
    .output(createdRoomSchema)
    .mutation(({ ctx, input }) => createRoom(tournamentRoom(), desk(), ctx.user, input)),

  /** To the end of the queue; one room at a time. `stays`: to its end again after a defeat (the default). */
  join: playerProcedure
    .input(roomIdInput.extend({ characterId: characterIdSchema.optional(), stays: z.boolean().optional() }))
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await joinRoom(tournamentRoom(), desk(), ctx.user, input);
      return OK;
    }),

  /** Out of the queue, or no longer the one who stays. A fight that goes on goes on. */
  leave: playerProcedure
    .input(roomIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await leaveRoom(tournamentRoom(), desk(), ctx.user, input.roomId);
      return OK;
    }),

  /** Its host, or an admin. */
  close: playerProcedure
    .input(roomIdInput)
    .output(doneSchema)
    .mutation(async ({ ctx, input }) => {
      await closeRoom(tournamentRoom(), desk(), ctx.user, input.roomId);
      return OK;
    }),
});
