import type { Queue } from '../queue/queue';
import { refusal } from '../refusals';
import { type Asker, type TournamentContext, TRANSACTION, type Tx, today } from '../running/context';
import { tidyName } from '../running/limits';
import { lockRoom, withRoom } from './context';

/** What people do with rooms. Every call rejects with a refusal. */

const MAX_ROOMS = 200;
const MAX_PEOPLE = 100;

/** What rooms need of the desk. */
export interface RoomDesk {
  readonly queue: Pick<Queue, 'join' | 'leave' | 'placeOf' | 'take' | 'forget'>;
}

/** Opens a room; its host stands first in its queue. One room a host, one room a person. */
export async function createRoom(
  ctx: TournamentContext,
  desk: RoomDesk,
  { playerId }: Pick<Asker, 'playerId'>,
  request: { readonly name: string; readonly characterId?: number | undefined },
): Promise<{ roomId: string }> {
  const name = tidyName(request.name);
  const roomId = await ctx.db.$transaction(async (tx) => {
    await lockPerson(tx, playerId);
    const own = await tx.room.count({ where: { hostId: playerId, closedAt: null } });
    const all = await tx.room.count({ where: { closedAt: null } });
    if (own > 0) throw refusal('too_fast', 'You have a room already; close it first.');
    if (all >= MAX_ROOMS) throw refusal('full', `Conflict: ${MAX_ROOMS} rooms are open; join one of them.`);
    await assertInNoRoom(tx, playerId);
    const now = today(ctx);
    const { id } = await tx.room.create({
      data: { name, hostId: playerId, createdAt: now, activeAt: now },
      select: { id: true },
    });
    await tx.roomFighter.create({
      data: { roomId: id, userId: playerId, characterId: request.characterId ?? 1 },
    });
    return id;
  }, TRANSACTION);
  await desk.queue.join({ eventId: roomId, userId: playerId });
  return { roomId };
}

/** Goes to the end of the room's queue; again it only changes the fighter and whether one stays after a defeat. */
export async function joinRoom(
  ctx: TournamentContext,
  desk: RoomDesk,
  { playerId }: Pick<Asker, 'playerId'>,
  request: {
    readonly roomId: string;
    readonly characterId?: number | undefined;
    readonly stays?: boolean | undefined;
  },
): Promise<void> {
  const { roomId, characterId, stays } = request;
  await ctx.db.$transaction(async (tx) => {
    // The person first, as a fight's making does.
    await lockPerson(tx, playerId);
    const room = await lockRoom(tx, roomId);
    if (room.closedAt) throw refusal('not_open', 'Conflict: this room is closed.');
    await assertInNoRoom(tx, playerId, roomId);
    const people = await tx.roomFighter.count({ where: { roomId, userId: { not: playerId } } });
    if (people >= MAX_PEOPLE)
      throw refusal('full', `Conflict: ${MAX_PEOPLE} people are in this room already.`);
    await tx.roomFighter.upsert({
      where: { roomId_userId: { roomId, userId: playerId } },
      create: { roomId, userId: playerId, characterId: characterId ?? 1, stays: stays ?? true },
      update: {
        ...(characterId === undefined ? {} : { characterId }),
        ...(stays === undefined ? {} : { stays }),
      },
    });
    await tx.room.update({ where: { id: roomId }, data: { activeAt: today(ctx) }, select: { id: true } });
  }, TRANSACTION);
  const isIn = await isOccupied(ctx, roomId, playerId);
  if (!isIn) await desk.queue.join({ eventId: roomId, userId: playerId });
}

/** Out of the room. A fight that goes on goes on; whoever leaves does not stay after it. */
export async function leaveRoom(
  ctx: TournamentContext,
  desk: RoomDesk,
  { playerId }: Pick<Asker, 'playerId'>,
  roomId: string,
): Promise<void> {
  await withRoom(ctx, roomId, (tx, room) => stepOut(tx, room, playerId, today(ctx)));
  const place = desk.queue.placeOf(roomId, playerId);
  if (place) await desk.queue.leave(place.token, 'left_room');
}

/** Inside the room's lock. */
async function stepOut(
  tx: Tx,
  room: { readonly id: string; readonly championId: string | null },
  userId: string,
  at: Date,
): Promise<void> {
  await tx.roomFighter.deleteMany({ where: { roomId: room.id, userId } });
  const isChampion = room.championId === userId;
  await tx.room.update({
    where: { id: room.id },
    data: { activeAt: at, ...(isChampion ? { championId: null, streak: 0 } : {}) },
    select: { id: true },
  });
  // Called and not yet in the fight: the other one waits no longer.
  await tx.pairing.updateMany({
    where: { roomId: room.id, status: 'called', OR: [{ player1Id: userId }, { player2Id: userId }] },
    data: { status: 'ended', reason: 'no_contest', endedAt: at, deadlineAt: null },
  });
}

/** Its host or an admin closes a room. A fight that goes on is fought to its end. */
export async function closeRoom(
  ctx: TournamentContext,
  desk: RoomDesk,
  { playerId, role }: Asker,
  roomId: string,
): Promise<void> {
  await withRoom(ctx, roomId, async (tx, room) => {
    if (room.hostId !== playerId && role !== 'admin')
      throw refusal('not_yours', 'Only who opened the room closes it.');
    if (!room.closedAt) await closeInside(tx, roomId, today(ctx));
  });
  await desk.queue.forget(roomId);
}

/** Inside the room's lock. */
export async function closeInside(tx: Tx, roomId: string, at: Date): Promise<void> {
  await tx.room.update({
    where: { id: roomId },
    data: { closedAt: at, championId: null, streak: 0 },
    select: { id: true },
  });
  await tx.roomFighter.deleteMany({ where: { roomId } });
  await tx.pairing.updateMany({
    where: { roomId, status: 'called' },
    data: { status: 'ended', reason: 'no_contest', endedAt: at, deadlineAt: null },
  });
}

/** Stays as the winner, or is called or fights: has no need of a place in the queue. */
export async function isOccupied(
  { db }: TournamentContext,
  roomId: string,
  userId: string,
): Promise<boolean> {
  const [room, pairing] = await Promise.all([
    db.room.count({ where: { id: roomId, championId: userId } }),
    db.pairing.count({
      where: {
        roomId,
        status: { in: ['called', 'running'] },
        OR: [{ player1Id: userId }, { player2Id: userId }],
      },
    }),
  ]);
  return room + pairing > 0;
}

/** What one person does at two places at once comes one after the other. */
async function lockPerson(tx: Tx, playerId: string): Promise<void> {
  await tx.$queryRaw`select 1 from "User" where id = ${playerId} for no key update`;
}

async function assertInNoRoom(tx: Tx, userId: string, except?: string): Promise<void> {
  const other = await tx.roomFighter.findFirst({
    where: { userId, room: { closedAt: null }, ...(except === undefined ? {} : { roomId: { not: except } }) },
    select: { roomId: true },
  });
  if (other)
    throw refusal('has_seat', 'Conflict: you are in another room; leave it first.', {
      detail: { roomId: other.roomId },
    });
}
