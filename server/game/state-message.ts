import { type Readout, readState } from '../../engine/fighter/readout';
import type { GameState } from '../grpc/gen/proto/game';

/** A frame of a match that goes on; `winner_id` stays away until the last one. */
export function stateMessage(matchId: string, state: Int32Array): GameState {
  const { timer, player1, player2 }: Readout = readState(state);
  return { match_id: matchId, timer, player1, player2 };
}

/** The last frame. A draw is said as 0. */
export function finalMessage(matchId: string, state: Int32Array, winner: number): GameState {
  return { ...stateMessage(matchId, state), winner_id: winner };
}
