/**
 * A character is data. Boxes are in stage units from the feet: x forward, y up. Speeds are sub-units a frame
 * (256 to the unit). Frame counts follow the usual convention: the first active frame is `startup + 1`.
 */

/** Rectangle from (x1, y1) to (x2, y2), x1 < x2 forward, y1 < y2 upwards. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A box that exists from frame `from` to frame `to` of a move, both included, the first frame being 1. */
export interface TimedBox extends Box {
  readonly from: number;
  readonly to: number;
}

/** From frame `from` to `to` of a move the fighter moves forward by `vx` a frame. */
export interface Drive {
  readonly from: number;
  readonly to: number;
  readonly vx: number;
}

/** What a move throws. It appears at `x`, `y` on the first active frame. */
export interface Projectile {
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** How many times it hits, and how many weaker projectiles it eats. */
  readonly hits: number;
  readonly lifeFrames: number;
}

/** mid: any guard. low: crouching guard. high: standing guard. throw: no guard. */
export type Guard = 'mid' | 'low' | 'high' | 'throw';

type GaramMove =
  | 'wristFlick'
  | 'craneKick'
  | 'lowStroke'
  | 'riverSweep'
  | 'heronKnee'
  | 'fallingInk'
  | 'inkWave'
  | 'floodOfTenThousandCharacters'
  | 'turningPage';
type BawiMove =
  | 'chisel'
  | 'sledge'
  | 'ankleChip'
  | 'upheaval'
  | 'droppedElbow'
  | 'rockfall'
  | 'quarryRush'
  | 'mountainComesDown'
  | 'uproot';

/** Every move that there is, after its fighter. Words for it are the business of who shows it. */
export type MoveId = `garam.${GaramMove}` | `bawi.${BawiMove}`;

export interface Move {
  readonly id: MoveId;
  readonly guard: Guard;
  readonly startup: number;
  readonly active: number;
  readonly recovery: number;
  readonly damage: number;
  /** Damage through a guard. */
  readonly chip: number;
  readonly hitstun: number;
  readonly blockstun: number;
  readonly hitstop: number;
  /** Push on the defender, sub-units in the first frame. */
  readonly pushHit: number;
  readonly pushBlock: number;
  /** 1 light, 2 heavy, 3 special, 4 super: sparks, sounds and freezes go by it. */
  readonly strength: 1 | 2 | 3 | 4;
  /** Takes the defender off the feet with this upward speed; 0 leaves them standing. */
  readonly launch: number;
  /** Gauge won when it hits; a third of it when blocked. */
  readonly gauge: number;
  /** `MoveSlot`s that may interrupt this move once it has connected. */
  readonly cancels: readonly number[];
  readonly hitboxes: readonly TimedBox[];
  /** Limbs that can be hit while they are out, beside the body. */
  readonly limbs: readonly TimedBox[];
  readonly drives: readonly Drive[];
  readonly projectile?: Projectile;
  /** First and last frame in which projectiles pass through. */
  readonly ignoresProjectiles?: readonly [from: number, to: number];
  /** First and last frame in which nothing hits. */
  readonly safe?: readonly [from: number, to: number];
}

/** How a body moves and where it can be hit. */
export interface Stats {
  readonly health: number;
  readonly walkForward: number;
  readonly walkBack: number;
  readonly prejumpFrames: number;
  readonly jumpVy: number;
  readonly jumpForward: number;
  readonly jumpBack: number;
  readonly gravity: number;
  readonly landFrames: number;
  readonly dashForward: number;
  readonly dashForwardFrames: number;
  readonly dashBack: number;
  readonly dashBackFrames: number;
  /** Half width of the push box, stage units. */
  readonly halfWidth: number;
  readonly height: number;
  /** Farthest distance between middles at which a throw catches, stage units. */
  readonly throwRange: number;
  readonly standing: Box;
  readonly crouching: Box;
  readonly airborne: Box;
}

/** Everyone that there is. A new fighter is a name here; whatever is missing for it then does not compile. */
export type FighterName = 'garam' | 'bawi';

export type Archetype = 'zoner' | 'grappler';

export interface Character {
  /** From 1; the number on the wire. */
  readonly id: number;
  readonly slug: FighterName;
  readonly archetype: Archetype;
  readonly stats: Stats;
  /** By `MoveSlot` - 1: light, heavy, crouching light, crouching heavy, air light, air heavy, special, super, throw. */
  readonly moves: readonly [Move, Move, Move, Move, Move, Move, Move, Move, Move];
}
