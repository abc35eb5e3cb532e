import type { ButtonName, Direction } from '../../engine/fighter/commands';
import { Input } from '../../engine/fighter/inputs';
import { KEYBOARD_BINDINGS, PAD_BUTTONS } from '../_match/devices/bindings';

/** What a player holds in the hands. */
export const DEVICES = ['keyboard', 'pad', 'touch'] as const;
export type Device = (typeof DEVICES)[number];

/** Signs that are drawn, because not every system has them in its letters. */
export type Sign = 'up' | 'down' | 'left' | 'right' | 'cross' | 'circle' | 'square' | 'triangle';

/** What stands on a key or button: letters, a sign, or both where makers differ. */
export interface Label {
  readonly text?: string;
  readonly sign?: Sign;
}

/** Bits and signs as seen with the opponent at the right. */
const DIRECTIONS: Readonly<Record<Direction, { readonly bit: number; readonly sign: Sign }>> = {
  up: { bit: Input.Up, sign: 'up' },
  down: { bit: Input.Down, sign: 'down' },
  toward: { bit: Input.Right, sign: 'right' },
  away: { bit: Input.Left, sign: 'left' },
};

const BUTTONS: Readonly<Record<ButtonName, number>> = {
  light: Input.Light,
  heavy: Input.Heavy,
  special: Input.Special,
  throw: Input.Throw,
};

const ARROWS: ReadonlyMap<string, Sign> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
]);

/** By number of the W3C standard layout: what it says on pads of Microsoft's kind, and the other kind's sign or letters. */
const PAD_LABELS: ReadonlyMap<number, Label> = new Map<number, Label>([
  [0, { text: 'A', sign: 'cross' }],
  [1, { text: 'B', sign: 'circle' }],
  [2, { text: 'X', sign: 'square' }],
  [3, { text: 'Y', sign: 'triangle' }],
  [4, { text: 'LB·L1' }],
  [5, { text: 'RB·R1' }],
  [6, { text: 'LT·L2' }],
  [7, { text: 'RT·R2' }],
]);

function keysOf(bit: number): Label[] {
  return Object.entries(KEYBOARD_BINDINGS)
    .filter(([, bound]) => bound === bit)
    .map(([code]): Label => {
      const sign = ARROWS.get(code);
      return sign ? { sign } : { text: code.replace(/^Key/, '') };
    })
    .sort((a, b) => Number(a.text === undefined) - Number(b.text === undefined));
}

function padButtonsOf(bit: number): Label[] {
  return PAD_BUTTONS.filter((bound) => bound.bit === bit).flatMap(
    ({ button }) => PAD_LABELS.get(button) ?? [],
  );
}

/** What may be pressed for a direction, as bound. On pads and glass it is a way, not a key. */
export function directionLabels(device: Device, direction: Direction): Label[] {
  const { bit, sign } = DIRECTIONS[direction];
  return device === 'keyboard' ? keysOf(bit) : [{ sign }];
}

/** A button and what may be pressed for it. */
export interface ButtonCap {
  readonly name: ButtonName | 'super';
  readonly labels: readonly Label[];
}

/** What is pressed for several buttons together, as bound. On glass they bear their names, and a super is one. */
export function buttonCaps(device: Device, buttons: readonly ButtonName[]): ButtonCap[] {
  if (device === 'touch') {
    const isSuper = buttons.includes('heavy') && buttons.includes('special');
    return isSuper ? [{ name: 'super', labels: [] }] : buttons.map((name) => ({ name, labels: [] }));
  }
  const labels = device === 'keyboard' ? keysOf : padButtonsOf;
  return buttons.map((name) => ({ name, labels: labels(BUTTONS[name]) }));
}
