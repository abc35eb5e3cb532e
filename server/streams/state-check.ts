import type { GameState, PlayerState } from '../grpc/gen/proto/game';
import { ContractError } from '../upstream/contract';
import { fieldsCut, messagesRefused } from '../upstream/counts';

const MAX_ACTION_CHARACTERS = 32;
/** Far beyond any stage: a picture needs a number that it can be drawn with. */
const MAX_POSITION = 10_000;
/** A clock shows minutes and seconds at most. */
const MAX_TIMER_SECONDS = 5_999;
/** How long a service may take to end its stream after the winner. Milliseconds. */
const END_MS = 2_000;

type Field = 'health' | 'super_gauge' | 'position' | 'current_action' | 'timer';

function within(field: Field, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  fieldsCut.inc({ service: 'game', field });
  return Math.min(Math.max(value, least), most);
}

function action(text: string): string {
  const word = text.slice(0, MAX_ACTION_CHARACTERS).replace(/[^\w-]/g, '');
  if (word !== text) fieldsCut.inc({ service: 'game', field: 'current_action' });
  return word;
}

function checkPlayer(player: PlayerState | undefined): PlayerState | undefined {
  return (
    player && {
      health: within('health', player.health, 0, 100),
      super_gauge: within('super_gauge', player.super_gauge, 0, 100),
      position_x: within('position', player.position_x, -MAX_POSITION, MAX_POSITION),
      position_y: within('position', player.position_y, -MAX_POSITION, MAX_POSITION),
      current_action: action(player.current_action),
    }
  );
}

/**
 * A state as the contract allows it: what is out of range or too long is cut, an absent id is the one asked for.
 * @throws {ContractError} for another match's state, and for a winner who is nobody
 */
export function checkState(state: GameState, matchId: string): GameState {
  if (state.match_id !== '' && state.match_id !== matchId) throw new ContractError('game', 'id');
  const { winner_id } = state;
  if (winner_id !== undefined && winner_id !== 0 && winner_id !== 1 && winner_id !== 2)
    throw new ContractError('game', 'winner');
  return {
    match_id: matchId,
    timer: within('timer', state.timer, 0, MAX_TIMER_SECONDS),
    player1: checkPlayer(state.player1),
    player2: checkPlayer(state.player2),
    ...(winner_id === undefined ? {} : { winner_id }),
  };
}

/**
 * The states of one match, each checked. The first winner is the last word: what follows is refused, and a service
 * that neither says more nor ends is left.
 * @param open reads the service
 * @throws {ContractError} and what `open` throws before there is a winner
 */
export async function* checkedStates(
  open: (signal: AbortSignal) => AsyncIterable<GameState>,
  matchId: string,
  signal: AbortSignal,
): AsyncGenerator<GameState, void, undefined> {
  const over = new AbortController();
  let leave: NodeJS.Timeout | undefined;
  try {
    for await (const state of open(AbortSignal.any([signal, over.signal]))) {
      if (leave !== undefined) {
        messagesRefused.inc({ service: 'game', reason: 'after_winner' });
        return;
      }
      const checked = checkState(state, matchId);
      if (checked.winner_id !== undefined) leave = setTimeout(() => over.abort(), END_MS);
      yield checked;
    }
  } catch (error) {
    // The winner stands, however the service ends after it.
    if (leave === undefined) throw error;
  } finally {
    clearTimeout(leave);
  }
}
