import { Action } from '../fighter/actions';
import { SUB, WALL_X } from '../fighter/rules';
import { at, Fighter, fullHealth, Hurt, Match, Phase, PLAYER_1, PLAYER_2 } from '../fighter/state';

/** As hard pressed as anybody can be. */
export const MAX_INTENSITY = 1000;

/** What a fight does to somebody, in points of intensity. */
const PRESSURE = {
  /** For a whole bar of health; a third of one all at once is a lot. */
  fullHealth: 2500,
  knockdown: 70,
  /** For each blow guarded in a row from the third on: no turn of one's own in sight. */
  blockedAgain: 30,
  /** For each frame in the corner with the other in front. */
  cornered: 2,
  /** What each frame takes off again, and each frame of peace. */
  decay: 1,
  decayInPeace: 3,
} as const;

/** Nothing having happened for so long, it is peace. */
const PEACE_FRAMES = 60;

/** Nearer to the wall than this, with the other nearer than that, somebody is cornered (stage units). */
const CORNER_UNITS = 70;
const CROWD_UNITS = 180;

/** Guarded blows with no more than this between them are one string. */
const STRING_FRAMES = 45;
/** Guarded blows of a string that are nothing special. */
const SHORT_STRING = 2;

/** How hard one side has been pressed lately: a function of the states seen, in order. Allocates nothing per state. */
export interface IntensityMeter {
  /** 0 to `MAX_INTENSITY`. */
  readonly value: number;
  /** Takes in the next state; call it once a frame. */
  see(state: Int32Array, side: 1 | 2): void;
}

/** A meter that has seen nothing. */
export function createIntensityMeter(): IntensityMeter {
  let value = 0;
  let health = 0;
  let wasDown = false;
  let hurtFrame = 0;
  let blocked = 0;
  let quietFrames = 0;

  /** Points for guarding on and on. */
  function guarding(state: Int32Array, player: number): number {
    const frame = at(state, player + Fighter.HURT_FRAME);
    if (at(state, Match.FRAME) - frame > STRING_FRAMES) blocked = 0;
    if (frame === hurtFrame) return 0;
    hurtFrame = frame;
    blocked = at(state, player + Fighter.HURT_KIND) === Hurt.BLOCK ? blocked + 1 : 0;
    return blocked > SHORT_STRING ? PRESSURE.blockedAgain : 0;
  }

  return {
    get value() {
      return value;
    },
    see(state, side) {
      const player = side === 1 ? PLAYER_1 : PLAYER_2;
      const now = at(state, player + Fighter.HEALTH);
      const lost = Math.max(0, health - now);
      health = now;
      const isDown = isOffFeet(at(state, player + Fighter.ACTION));
      let points = ((lost * PRESSURE.fullHealth) / fullHealth(state, player)) | 0;
      if (isDown && !wasDown) points += PRESSURE.knockdown;
      points += guarding(state, player);
      if (isCornered(state, player)) points += PRESSURE.cornered;
      wasDown = isDown;
      quietFrames = points > 0 ? 0 : quietFrames + 1;
      const decay = quietFrames > PEACE_FRAMES ? PRESSURE.decayInPeace : PRESSURE.decay;
      value = Math.max(0, Math.min(MAX_INTENSITY, value + points - decay));
    },
  };
}

function isOffFeet(action: number): boolean {
  return action === Action.FALLING || action === Action.KNOCKDOWN;
}

function isCornered(state: Int32Array, player: number): boolean {
  if (at(state, Match.PHASE) !== Phase.FIGHT) return false;
  const x = at(state, player + Fighter.X);
  const gap = Math.abs(x - at(state, PLAYER_1 + PLAYER_2 - player + Fighter.X));
  return Math.abs(x) > (WALL_X - CORNER_UNITS) * SUB && gap < CROWD_UNITS * SUB;
}
