import { sideOf } from '../../engine/fighter/bodies';
import { currentMove } from '../../engine/fighter/collision';
import { isThreatened } from '../../engine/fighter/control';
import { Input } from '../../engine/fighter/inputs';
import { PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';
import type { STANCES } from '../../proto/situation';

/** What a practice dummy does all the time. */
export type Stance = (typeof STANCES)[number];

/** The dummy's mask for the next frame. It guards whatever can be guarded, at the right height, and never walks. */
export function pressDummy(state: Int32Array, side: 1 | 2, stance: Stance): number {
  if (stance === 'stand') return 0;
  if (stance === 'crouch') return Input.Down;
  if (stance === 'jump') return Input.Up;
  const me = side === 1 ? PLAYER_1 : PLAYER_2;
  const other = side === 1 ? PLAYER_2 : PLAYER_1;
  if (!isThreatened(state, me, other)) return 0;
  const back = sideOf(state, me, other) > 0 ? Input.Left : Input.Right;
  return currentMove(state, other)?.guard === 'low' ? back | Input.Down : back;
}
