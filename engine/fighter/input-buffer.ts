import { horizontal, Input } from './inputs';
import { BUFFER_FRAMES, TAP_FRAMES } from './rules';
import { at, Fighter } from './state';

/** Value of TAP, times its direction, once a second tap made it a dash. */
const DASH = 2;

/**
 * Takes this frame's mask and remembers fresh presses for a few frames, so that a press slightly too early counts.
 * Nothing is remembered outside a fight, and nothing is forgotten while the action is frozen.
 */
export function recordInput(
  state: Int32Array,
  player: number,
  mask: number,
  fighting: boolean,
  frozen: boolean,
): void {
  const before = at(state, player + Fighter.INPUT);
  state[player + Fighter.INPUT] = fighting ? mask : 0;
  if (!fighting) {
    forgetPresses(state, player);
    return;
  }
  const pressed = mask & ~before;
  const age = frozen ? 0 : 1;
  buffer(state, player + Fighter.BUFFER_LIGHT, pressed & Input.Light, age);
  buffer(state, player + Fighter.BUFFER_HEAVY, pressed & Input.Heavy, age);
  buffer(state, player + Fighter.BUFFER_SPECIAL, pressed & Input.Special, age);
  buffer(state, player + Fighter.BUFFER_THROW, pressed & Input.Throw, age);
  const side = horizontal(mask);
  if (side !== 0 && side !== horizontal(before)) {
    const again = at(state, player + Fighter.TAP) === side && at(state, player + Fighter.TAP_AGE) > 0;
    state[player + Fighter.TAP] = again ? Math.imul(side, DASH) : side;
    state[player + Fighter.TAP_AGE] = again ? BUFFER_FRAMES : TAP_FRAMES;
  } else {
    buffer(state, player + Fighter.TAP_AGE, 0, age);
  }
}

function buffer(state: Int32Array, index: number, pressed: number, age: number): void {
  const left = at(state, index);
  state[index] = pressed !== 0 ? BUFFER_FRAMES : left > age ? left - age : 0;
}

function forgetPresses(state: Int32Array, player: number): void {
  state[player + Fighter.BUFFER_LIGHT] = 0;
  state[player + Fighter.BUFFER_HEAVY] = 0;
  state[player + Fighter.BUFFER_SPECIAL] = 0;
  state[player + Fighter.BUFFER_THROW] = 0;
  state[player + Fighter.TAP] = 0;
  state[player + Fighter.TAP_AGE] = 0;
}

/** Whether two taps ask for a dash; the sign is the side, 0 for none. */
export function dashWanted(state: Int32Array, player: number): number {
  const tap = at(state, player + Fighter.TAP);
  if (at(state, player + Fighter.TAP_AGE) === 0) return 0;
  return tap === DASH ? 1 : tap === -DASH ? -1 : 0;
}
