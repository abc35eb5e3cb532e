import { Input } from '../../../engine/fighter/inputs';
import { hatDirection } from './direction';

/** What a pad tells: the part of `Gamepad` that is read. */
export interface PadState {
  readonly id: string;
  readonly index: number;
  readonly connected: boolean;
  readonly mapping: string;
  readonly buttons: readonly { readonly pressed: boolean; readonly value: number }[];
  readonly axes: readonly number[];
}

/** Everything that a pad can be taught, in the order in which it is asked for. */
export const CONTROLS = ['up', 'down', 'left', 'right', 'light', 'heavy', 'special', 'throw'] as const;
export type Control = (typeof CONTROLS)[number];

/** Without these nobody can fight. */
export const NEEDED: readonly Control[] = ['up', 'down', 'left', 'right', 'light'];

export const CONTROL_BITS: Readonly<Record<Control, number>> = {
  up: Input.Up,
  down: Input.Down,
  left: Input.Left,
  right: Input.Right,
  light: Input.Light,
  heavy: Input.Heavy,
  special: Input.Special,
  throw: Input.Throw,
};

/** The sign by which a pad tells that a control is pressed. */
export type PadSign =
  | { readonly kind: 'button'; readonly index: number }
  /** Pressed when the axis is more than halfway from `rest` to `to`, each -1, 0 or 1. */
  | { readonly kind: 'axis'; readonly index: number; readonly rest: number; readonly to: number }
  /** A d-pad on one axis: pressed when its direction has this bit. */
  | { readonly kind: 'hat'; readonly index: number; readonly bit: number };

/** What a pad was taught. */
export type PadMapping = Readonly<Partial<Record<Control, PadSign>>>;

/** True while the pad gives this sign. */
export function givesSign(pad: PadState, sign: PadSign): boolean {
  if (sign.kind === 'button') return isDown(pad, sign.index);
  const value = pad.axes[sign.index] ?? Number.NaN;
  if (sign.kind === 'hat') return (hatDirection(value) & sign.bit) !== 0;
  return (value - sign.rest) / (sign.to - sign.rest) > 0.5;
}

/** Some pads tell a trigger's way in `value` alone. */
export function isDown(pad: PadState, button: number): boolean {
  const state = pad.buttons[button];
  return state !== undefined && (state.pressed || state.value > 0.5);
}

/** @returns the mapping that unknown data holds; undefined when it holds none that can be played with. */
export function parseMapping(data: unknown): PadMapping | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const mapping: Partial<Record<Control, PadSign>> = {};
  for (const control of CONTROLS) {
    const sign = parseSign(Reflect.get(data, control));
    if (sign) mapping[control] = sign;
    else if (NEEDED.includes(control)) return undefined;
  }
  return mapping;
}

/** A pad with more of either is none. */
const MAX_INDEX = 63;

function parseSign(data: unknown): PadSign | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const read = (name: string): unknown => Reflect.get(data, name);
  const [kind, index, rest, to, bit] = [read('kind'), read('index'), read('rest'), read('to'), read('bit')];
  if (!isWhole(index, 0, MAX_INDEX)) return undefined;
  if (kind === 'button') return { kind, index };
  if (kind === 'axis' && isWhole(rest, -1, 1) && isWhole(to, -1, 1) && rest !== to)
    return { kind, index, rest, to };
  if (kind === 'hat' && (bit === Input.Up || bit === Input.Down || bit === Input.Left || bit === Input.Right))
    return { kind, index, bit };
  return undefined;
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
