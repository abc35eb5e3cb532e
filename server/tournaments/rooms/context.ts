import type { Room } from '../../db/generated/client';
import { refusal } from '../refusals';
import { type TournamentContext, TRANSACTION, type Tx } from '../running/context';

/** Locks a room until the transaction ends. @throws {AppError} no_event */
export async function lockRoom(tx: Tx, roomId: string): Promise<Room> {
  await tx.$queryRaw`select 1 from "Room" where id = ${roomId} for no key update`;
  const room = await tx.room.findUnique({ where: { id: roomId } });
  if (!room) throw refusal('no_event', `Not found: there is no room ${roomId}.`);
  return room;
}

export function withRoom<T>(
  { db }: Pick<TournamentContext, 'db'>,
  roomId: string,
  act: (tx: Tx, room: Room) => Promise<T>,
): Promise<T> {
  return db.$transaction(async (tx) => act(tx, await lockRoom(tx, roomId)), TRANSACTION);
}
