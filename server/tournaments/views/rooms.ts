import { z } from 'zod';
import { personSchema, time } from './fields';
import { pairingSchema } from './pairings';

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

export const createdRoomSchema = z.object({ roomId: z.string() });

export type RoomSummary = Readonly<z.infer<typeof roomSummarySchema>>;

export type RoomView = Readonly<z.infer<typeof roomViewSchema>>;
