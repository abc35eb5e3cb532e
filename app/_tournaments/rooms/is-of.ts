import type { RoomView } from '@/server/tournaments/views/rooms';

/** Whether somebody is one of the two of a pairing. */
export const isOf = (pairing: RoomView['pairing'] | undefined, playerId: string | undefined): boolean =>
  playerId !== undefined &&
  (pairing?.player1?.playerId === playerId || pairing?.player2?.playerId === playerId);
