/** What a fighter is doing. The numbers are part of the state: append, never reorder. */
export const Action = {
  IDLE: 0,
  WALK_FORWARD: 1,
  WALK_BACK: 2,
  CROUCH: 3,
  PREJUMP: 4, // on the ground, about to leave it
  AIR: 5, // jumping, free to attack
  LAND: 6,
  DASH_FORWARD: 7,
  DASH_BACK: 8,
  GUARD: 9, // guard raised because an attack is near; blocks, doesn't walk
  ATTACK: 10, // MOVE says which
  THROWING: 11, // holds the opponent
  THROWN: 12, // is held
  HITSTUN: 13,
  BLOCKSTUN: 14,
  CROUCH_BLOCKSTUN: 15,
  FALLING: 16, // hit off the feet
  KNOCKDOWN: 17, // on the floor
  WAKEUP: 18,
  TECH: 19, // broke a throw
  WIN: 20,
  KO: 21, // on the floor for good
  CROUCH_HITSTUN: 22,
  CROUCH_GUARD: 23,
} as const;

/** Which of a character's moves. The numbers are part of the state. */
export const MoveSlot = {
  NONE: 0,
  LIGHT: 1,
  HEAVY: 2,
  CROUCH_LIGHT: 3,
  CROUCH_HEAVY: 4,
  AIR_LIGHT: 5,
  AIR_HEAVY: 6,
  SPECIAL: 7,
  SUPER: 8,
  THROW: 9,
} as const;

/** A slot with a move in it. */
export type MoveSlotName = Exclude<keyof typeof MoveSlot, 'NONE'>;

/** The closed list of `current_action` on the wire. */
export type ActionName =
  | 'IDLE'
  | 'WALK'
  | 'JUMP'
  | 'CROUCH'
  | 'ATTACK'
  | 'SPECIAL'
  | 'SUPER'
  | 'BLOCK'
  | 'HITSTUN'
  | 'BLOCKSTUN'
  | 'KNOCKDOWN'
  | 'THROW'
  | 'DASH'
  | 'WIN'
  | 'KO';

const NAMES: readonly ActionName[] = [
  'IDLE',
  'WALK',
  'WALK',
  'CROUCH',
  'JUMP',
  'JUMP',
  'IDLE',
  'DASH',
  'DASH',
  'BLOCK',
  'ATTACK',
  'THROW',
  'HITSTUN',
  'HITSTUN',
  'BLOCKSTUN',
  'BLOCKSTUN',
  'HITSTUN',
  'KNOCKDOWN',
  'KNOCKDOWN',
  'BLOCKSTUN',
  'WIN',
  'KO',
  'HITSTUN',
  'BLOCK',
];

/** The wire name of an action; an attack is named after its move. */
export function actionName(action: number, slot: number): ActionName {
  if (action === Action.ATTACK) {
    if (slot === MoveSlot.SPECIAL) return 'SPECIAL';
    if (slot === MoveSlot.SUPER) return 'SUPER';
    if (slot === MoveSlot.THROW) return 'THROW';
  }
  if (action === Action.THROWING && slot === MoveSlot.SUPER) return 'SUPER';
  return NAMES[action] ?? 'IDLE';
}
