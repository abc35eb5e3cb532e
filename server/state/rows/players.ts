import type { StoryPlayer } from '../../db/generated/client';
import { AppError } from '../../errors';
import type { PlayerNumbers } from '../player-numbers';
import { isInstanceId } from './entities';
import { readNumbers } from './json';
import type { Tx } from './tx';

export function unknownPlayer(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no player ${id}.`);
}

/** @throws {AppError} NOT_FOUND */
export async function findPlayer(tx: Tx, id: string): Promise<StoryPlayer> {
  const row = await tx.storyPlayer.findUnique({ where: { id } });
  if (!row) throw unknownPlayer(id);
  return row;
}

/** The session that a player is in. @throws {AppError} NOT_FOUND, also for what is no player's id */
export async function sessionOfPlayer(tx: Tx, playerId: string): Promise<string> {
  if (!isInstanceId(playerId)) throw unknownPlayer(playerId);
  const row = await tx.storyPlayer.findUnique({ where: { id: playerId }, select: { sessionId: true } });
  if (!row) throw unknownPlayer(playerId);
  return row.sessionId;
}

export function numbersOf({
  hp,
  maxHp,
  mp,
  san,
  stats,
}: Pick<StoryPlayer, keyof PlayerNumbers>): PlayerNumbers {
  return { hp, maxHp, mp, san, stats: readNumbers(stats) };
}

export function writeNumbers(tx: Tx, id: string, numbers: PlayerNumbers, at: Date): Promise<StoryPlayer> {
  const { hp, mp, san, stats } = numbers;
  return tx.storyPlayer.update({ where: { id }, data: { hp, mp, san, stats: { ...stats }, updatedAt: at } });
}
