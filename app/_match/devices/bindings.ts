import { Input } from '../../../engine/fighter/inputs';

/** Physical keys (`KeyboardEvent.code`, so the layout does not matter) to input bits. */
export const KEYBOARD_BINDINGS: Readonly<Record<string, number>> = {
  ArrowUp: Input.Up,
  ArrowDown: Input.Down,
  ArrowLeft: Input.Left,
  ArrowRight: Input.Right,
  KeyW: Input.Up,
  KeyS: Input.Down,
  KeyA: Input.Left,
  KeyD: Input.Right,
  KeyJ: Input.Light,
  KeyK: Input.Heavy,
  KeyL: Input.Special,
  KeyI: Input.Throw,
  KeyZ: Input.Light,
  KeyX: Input.Heavy,
  KeyC: Input.Special,
  KeyV: Input.Throw,
};

/** Face and shoulder buttons of a pad, in the order of the W3C standard layout, which most others share. */
export const PAD_BUTTONS: readonly { readonly button: number; readonly bit: number }[] = [
  { button: 0, bit: Input.Light },
  { button: 2, bit: Input.Light },
  { button: 1, bit: Input.Heavy },
  { button: 3, bit: Input.Heavy },
  { button: 5, bit: Input.Special },
  { button: 7, bit: Input.Special },
  { button: 4, bit: Input.Throw },
  { button: 6, bit: Input.Throw },
];

/** The d-pad of the standard layout. */
export const PAD_DIRECTIONS: readonly { readonly button: number; readonly bit: number }[] = [
  { button: 12, bit: Input.Up },
  { button: 13, bit: Input.Down },
  { button: 14, bit: Input.Left },
  { button: 15, bit: Input.Right },
];
