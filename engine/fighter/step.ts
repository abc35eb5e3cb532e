import { isMatchOver } from './outcome';
import { at, Match } from './state';

/**
 * Simulates one frame in place. Allocates nothing; depends on nothing but its arguments.
 * @param input1 player 1's mask, see `Input`
 * @param input2 player 2's mask
 */
export function step(state: Int32Array, input1: number, input2: number): void {
  if (isMatchOver(state)) return;
  state[Match.FRAME] = at(state, Match.FRAME) + 1;
  void input1;
  void input2;
}
