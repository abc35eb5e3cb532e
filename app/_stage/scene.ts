import { characterById } from '@/engine/fighter/characters/roster';
import type { Character } from '@/engine/fighter/characters/types';
import type { Doing } from './doing';

/** Everything a picture of the fight shows. Filled anew for each frame, by `readMatch` or `readStream`. */

/** How long ago nothing happened. */
export const NEVER = 9999;

/** A projectile, in stage units. */
export interface ShotView {
  active: boolean;
  x: number;
  y: number;
  /** 1 flies to the right. */
  way: number;
  frame: number;
  /** Half its height. */
  size: number;
}

export interface FighterView {
  character: Character;
  /** Feet, stage units from the middle and above the floor. */
  x: number;
  y: number;
  facing: number;
  /** Own sideways movement, stage units a frame. */
  speed: number;
  doing: Doing;
  /** Frames since the last touch, NEVER for none. */
  hurtAge: number;
  /** A `Hurt` of the engine. */
  hurtKind: number;
  hurtStrength: number;
  hurtX: number;
  hurtY: number;
  landAge: number;
  superAge: number;
  shot: ShotView;
}

export interface Scene {
  /** Frame of the match. */
  clock: number;
  frozen: boolean;
  fighters: [FighterView, FighterView];
  /** Frames since the knock-out, NEVER for none. */
  koAge: number;
  clashAge: number;
  clashX: number;
  clashY: number;
  phase: 'ready' | 'fight' | 'round over' | 'match over';
  phaseFrame: number;
  round: number;
  /** Who took the round that is over: bit 1 player 1, bit 2 player 2; 0 while it goes on or nobody can tell. */
  result: number;
  /** Chooses the backdrop. */
  seed: number;
}

function createFighter(character: Character, facing: number): FighterView {
  return {
    character,
    x: -facing * 110,
    y: 0,
    facing,
    speed: 0,
    doing: {
      action: 0,
      frame: 1,
      slot: 0,
      stun: 0,
      rising: 0,
      height: 0,
      walked: 0,
      clock: 0,
      superAge: NEVER,
      rivalSuperAge: NEVER,
      beaten: 0,
    },
    hurtAge: NEVER,
    hurtKind: 0,
    hurtStrength: 0,
    hurtX: 0,
    hurtY: 0,
    landAge: NEVER,
    superAge: NEVER,
    shot: { active: false, x: 0, y: 0, way: 1, frame: 0, size: 0 },
  };
}

/**
 * A scene before its first frame.
 * @throws RangeError for characters that this arcade doesn't have.
 */
export function createScene(characters: readonly [number, number], seed: number): Scene {
  return {
    clock: 0,
    frozen: false,
    fighters: [
      createFighter(characterById(characters[0]), 1),
      createFighter(characterById(characters[1]), -1),
    ],
    koAge: NEVER,
    clashAge: NEVER,
    clashX: 0,
    clashY: 0,
    phase: 'ready',
    phaseFrame: 0,
    round: 1,
    result: 0,
    seed,
  };
}

/** A time-up is taken in for this long before who lost it lets the head hang. */
const BEATEN_FRAME = 30;
const LONG = 99;

/** Fills in what one fighter does because of the other or of the phase. Readers call it last. */
export function settleScene(scene: Scene): void {
  const isOver = scene.phase === 'round over' || scene.phase === 'match over';
  const age = scene.phase === 'match over' ? LONG : scene.phaseFrame - BEATEN_FRAME;
  for (let i = 0; i < 2; i += 1) {
    const view = scene.fighters[i === 0 ? 0 : 1];
    const rival = scene.fighters[i === 0 ? 1 : 0];
    view.doing.height = view.y;
    view.doing.superAge = view.superAge;
    view.doing.rivalSuperAge = rival.superAge;
    const lost = isOver && scene.koAge === NEVER && scene.result === (i === 0 ? 2 : 1);
    view.doing.beaten = lost ? Math.max(0, age) : 0;
  }
}
