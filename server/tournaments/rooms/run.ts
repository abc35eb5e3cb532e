import type { Pairing, Room } from '../../db/generated/client';
import type { CallingContext } from '../brackets/calling';
import { arrangeFight, chosenBy, markRunning } from '../running/arrange-fight';
import { today } from '../running/context';
import { countFailure } from '../running/counts';
import { lockRoom, withRoom } from './context';
import { closeInside, type RoomDesk } from './entering';
import { endRoomPairing } from './results';

/** How long somebody whose turn it is has to be there. */
export const TURN_SECONDS = 30;
/** A room in which nobody is, and nothing happens, is closed after this. */
export const EMPTY_MS = 5 * 60_000;

export interface RoomContext extends CallingContext {
  readonly desk: RoomDesk;
}

/** Keeps every open room going: calls the next, brings them together, closes what is empty. */
export async function runRooms(ctx: RoomContext): Promise<void> {
  const rooms = await ctx.db.room.findMany({ where: { closedAt: null }, orderBy: { createdAt: 'asc' } });
  for (const room of rooms)
    await step(ctx, room).catch((err: unknown) => {
      countFailure('room');
      ctx.log.warn({ err, roomId: room.id }, 'a room could not go on; it will be tried again');
    });
}

async function step(ctx: RoomContext, room: Room): Promise<void> {
  const pairing = await ctx.db.pairing.findFirst({
    where: { roomId: room.id, status: { in: ['called', 'running'] } },
  });
  if (pairing?.status === 'running') return;
  if (pairing) {
    await bringTogether(ctx, pairing);
    return;
  }
  await seeToQueue(ctx, room);
  const needed = room.championId === null ? 2 : 1;
  const waiting = await waitingIn(ctx, room.id);
  if (waiting < needed) {
    await closeIfEmpty(ctx, room);
    return;
  }
  const called = await callNext(ctx, room.id, await ctx.desk.queue.take(room.id, needed));
  if (called) await bringTogether(ctx, called);
}

/** Who is in the room, and neither stays nor waits, goes to the end: after a defeat, or when a call was lost half-way. */
async function seeToQueue({ db, desk }: RoomContext, { id, championId }: Room): Promise<void> {
  for (const { userId } of await db.roomFighter.findMany({ where: { roomId: id } })) {
    if (userId === championId || isWaiting(desk, id, userId)) continue;
    await desk.queue.join({ eventId: id, userId });
  }
}

const isWaiting = ({ queue }: RoomDesk, roomId: string, userId: string) =>
  queue.placeOf(roomId, userId)?.state === 'waiting';

async function waitingIn({ db, desk }: RoomContext, roomId: string): Promise<number> {
  const people = await db.roomFighter.findMany({ where: { roomId }, select: { userId: true } });
  return people.filter(({ userId }) => isWaiting(desk, roomId, userId)).length;
}

/** undefined when somebody was faster, or has left at this moment: who is still there is put back with the next look. */
async function callNext(
  ctx: RoomContext,
  roomId: string,
  taken: readonly string[],
): Promise<Pairing | undefined> {
  const now = today(ctx);
  return withRoom(ctx, roomId, async (tx, room) => {
    const open = await tx.pairing.count({ where: { roomId, status: { in: ['called', 'running'] } } });
    if (room.closedAt || open > 0) return undefined;
    const there = await tx.roomFighter.findMany({ where: { roomId, userId: { in: [...taken] } } });
    const next = taken.filter((id) => there.some(({ userId }) => userId === id));
    const [player1Id, player2Id] = room.championId === null ? next : [room.championId, ...next];
    if (player1Id === undefined || player2Id === undefined) return undefined;
    const { _max } = await tx.pairing.aggregate({ where: { roomId }, _max: { number: true } });
    const pairing = await tx.pairing.create({
      data: {
        roomId,
        number: (_max.number ?? 0) + 1,
        player1Id,
        player2Id,
        status: 'called',
        deadlineAt: new Date(now.getTime() + TURN_SECONDS * 1_000),
        createdAt: now,
      },
    });
    await tx.room.update({ where: { id: roomId }, data: { activeAt: now }, select: { id: true } });
    return pairing;
  });
}

async function bringTogether(ctx: RoomContext, pairing: Pairing): Promise<void> {
  const { id, roomId, player1Id, player2Id, deadlineAt } = pairing;
  if (roomId === null || player1Id === null || player2Id === null) return;
  const isThere = (playerId: string) =>
    ctx.sessions.isOnline(playerId) && ctx.sessions.matchOf(playerId) === undefined;
  const [isFirst, isSecond] = [isThere(player1Id), isThere(player2Id)];
  if (isFirst && isSecond) {
    await send(ctx, { id, roomId, player1Id, player2Id });
    return;
  }
  if (deadlineAt === null || deadlineAt > today(ctx)) return;
  await withRoom(ctx, roomId, async (tx) => {
    const still = await tx.pairing.findUniqueOrThrow({ where: { id } });
    if (still.status !== 'called') return;
    const winner = isFirst ? 1 : isSecond ? 2 : 0;
    const gone = ([1, 2] as const).filter((side) => !(side === 1 ? isFirst : isSecond));
    await endRoomPairing(tx, still, { winner, reason: 'no_show', isFought: false, gone }, today(ctx));
  });
}

async function send(
  ctx: RoomContext,
  pairing: {
    readonly id: string;
    readonly roomId: string;
    readonly player1Id: string;
    readonly player2Id: string;
  },
): Promise<void> {
  const { id, roomId, player1Id, player2Id } = pairing;
  const fighters = await ctx.db.roomFighter.findMany({ where: { roomId } });
  await arrangeFight(ctx.sessions, {
    player1Id,
    player2Id,
    characters: chosenBy(fighters),
    source: 'room',
    async note(tx, sessionId) {
      await lockRoom(tx, roomId);
      await markRunning(tx, id, sessionId);
    },
  });
}

async function closeIfEmpty(ctx: RoomContext, room: Room): Promise<void> {
  if (ctx.clock.now() - room.activeAt.getTime() < EMPTY_MS) return;
  const people = await ctx.db.roomFighter.findMany({ where: { roomId: room.id }, select: { userId: true } });
  if (people.some(({ userId }) => ctx.sessions.isOnline(userId))) return;
  await withRoom(ctx, room.id, async (tx, { closedAt }) => {
    if (!closedAt) await closeInside(tx, room.id, today(ctx));
  });
  await ctx.desk.queue.forget(room.id);
}
