import type { MoveSlotName } from './actions';

/** As a fighter sees it; which way that is on the screen depends on the side. */
export type Direction = 'up' | 'down' | 'toward' | 'away';

/** What `Input` calls Light, Heavy, Special and Throw. */
export type ButtonName = 'light' | 'heavy' | 'special' | 'throw';

/** What is pressed at one moment, all of it together. */
export interface Press {
  readonly directions: readonly Direction[];
  readonly buttons: readonly ButtonName[];
}

/** Presses, one after the other. */
export type Command = readonly Press[];

/** What every fighter can do beside the moves that bear a name. */
export type ActionId =
  | 'walk'
  | 'jump'
  | 'crouch'
  | 'dash'
  | 'backDash'
  | 'guardHigh'
  | 'guardLow'
  | 'throw'
  | 'throwBack'
  | 'throwBreak'
  | 'super'
  | 'cancel'
  | 'wakeUp';

const hold = (...directions: Direction[]): Press => ({ directions, buttons: [] });
const press = (...buttons: ButtonName[]): Press => ({ directions: [], buttons });
const low = (button: ButtonName): Press => ({ directions: ['down'], buttons: [button] });

/** How each move is made by a fighter who stands free on the ground. */
export const MOVE_COMMANDS: Readonly<Record<MoveSlotName, Command>> = {
  LIGHT: [press('light')],
  HEAVY: [press('heavy')],
  CROUCH_LIGHT: [low('light')],
  CROUCH_HEAVY: [low('heavy')],
  AIR_LIGHT: [hold('up'), press('light')],
  AIR_HEAVY: [hold('up'), press('heavy')],
  SPECIAL: [press('special')],
  SUPER: [press('heavy', 'special')],
  THROW: [press('throw')],
};

/** How each action is made, by any of its commands. None: it is a matter of time, or of another move's command. */
export const ACTION_COMMANDS: Readonly<Record<ActionId, readonly Command[]>> = {
  walk: [[hold('toward')], [hold('away')]],
  jump: [[hold('up')], [hold('up', 'toward')], [hold('up', 'away')]],
  crouch: [[hold('down')]],
  dash: [[hold('toward'), hold('toward')]],
  backDash: [[hold('away'), hold('away')]],
  guardHigh: [[hold('away')]],
  guardLow: [[hold('down', 'away')]],
  throw: [MOVE_COMMANDS.THROW],
  throwBack: [[press('throw'), hold('away')]],
  throwBreak: [[press('throw')]],
  super: [MOVE_COMMANDS.SUPER],
  cancel: [],
  wakeUp: [],
};
