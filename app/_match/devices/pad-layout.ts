import { PAD_BUTTONS, PAD_DIRECTIONS } from './bindings';
import { directionOf, hatDirection } from './direction';
import { CONTROL_BITS, CONTROLS, givesSign, isDown, type PadMapping, type PadState } from './pad-mapping';

/**
 * How a pad is read: by the W3C standard layout, by what most other pads have in common, as it was taught, or not
 * at all, because nobody can tell its directions from its buttons.
 */
export type PadLayout = 'standard' | 'usual' | 'learned' | 'unknown';

/** A stick counts beyond this share of its way: worn ones rest as far out as a third. */
const STICK_DEAD_ZONE = 0.5;

/** Pads of the DirectInput kind have their d-pad, a hat, here. */
const HAT_AXIS = 9;

/** Linux tells the d-pad of pads with exactly this many axes as the last two of them. */
const LINUX_AXES = 8;

export function layoutOf(pad: PadState, learned: PadMapping | undefined): PadLayout {
  if (learned) return 'learned';
  if (pad.mapping === 'standard') return 'standard';
  const hasDirections = pad.axes.length >= 2 || pad.buttons.length >= 16;
  return pad.buttons.length >= 4 && hasDirections ? 'usual' : 'unknown';
}

/** The input mask of a pad, opposite directions included. */
export function readPad(pad: PadState, learned: PadMapping | undefined): number {
  const layout = layoutOf(pad, learned);
  if (layout === 'unknown') return 0;
  let mask = 0;
  if (learned) {
    for (const control of CONTROLS) {
      const sign = learned[control];
      if (sign && givesSign(pad, sign)) mask |= CONTROL_BITS[control];
    }
    return mask;
  }
  const { axes } = pad;
  for (const { button, bit } of PAD_BUTTONS) if (isDown(pad, button)) mask |= bit;
  // Other pads with fewer buttons have no d-pad among them, but Start and the like.
  if (layout === 'standard' || pad.buttons.length >= 16) {
    for (const { button, bit } of PAD_DIRECTIONS) if (isDown(pad, button)) mask |= bit;
  }
  mask |= directionOf(axes[0] ?? 0, axes[1] ?? 0, STICK_DEAD_ZONE);
  if (layout === 'usual') {
    mask |= hatDirection(axes[HAT_AXIS] ?? Number.NaN);
    if (axes.length === LINUX_AXES) mask |= directionOf(axes[6] ?? 0, axes[7] ?? 0, STICK_DEAD_ZONE);
  }
  return mask;
}
