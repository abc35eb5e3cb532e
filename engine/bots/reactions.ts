import { Action, MoveSlot } from '../fighter/actions';
import { Input } from '../fighter/inputs';
import { at } from '../fighter/state';
import { type Body, Sight } from './perception';
import { randomBelow } from './rng';
import { BACK, FORWARD, type Script } from './script';
import type { Manner } from './temperaments';

/** An answer to something just seen. */
export type Reaction = (script: Script) => void;

/** Distances in stage units within which something is worth an answer. */
const BLOW_UNITS = 175;
const AIR_UNITS = 150;
const SHOT_NEAR_UNITS = 190;
const SHOT_FAR_UNITS = 205;

/**
 * The answer to the sight at `offset`, or undefined. Each thing is answered, or overlooked, in the one frame in
 * which it first shows: a person who missed it doesn't see it better a frame later.
 */
export function react(
  sights: Int32Array,
  offset: number,
  body: Body,
  temperament: Manner,
  rng: Int32Array,
): Reaction | undefined {
  const distance = at(sights, offset + Sight.DISTANCE);
  const action = at(sights, offset + Sight.ACTION);
  const actionFrame = at(sights, offset + Sight.ACTION_FRAME);
  const shot = at(sights, offset + Sight.SHOT_DISTANCE);
  if (shot >= SHOT_NEAR_UNITS && shot < SHOT_FAR_UNITS)
    return roll(rng, temperament.guardChance) ? guardHigh : hopOver;
  if (action === Action.ATTACK && actionFrame === 1 && distance < BLOW_UNITS) {
    if (!roll(rng, temperament.guardChance)) return undefined;
    const slot = at(sights, offset + Sight.SLOT);
    if (slot === MoveSlot.THROW) return hopBack;
    return slot === MoveSlot.CROUCH_LIGHT || slot === MoveSlot.CROUCH_HEAVY ? guardLow : guardHigh;
  }
  const falling = action === Action.AIR && at(sights, offset + Sight.HEIGHT) > 60 && distance < AIR_UNITS;
  // Once on the way is enough: a jump is in this band of heights for a few frames only.
  if (falling && actionFrame === 20) {
    if (roll(rng, temperament.antiAirChance)) return strikeUp;
    return roll(rng, temperament.guardChance) ? guardHigh : undefined;
  }
  if (body.action === Action.WAKEUP && roll(rng, 20)) return guardLow;
  return undefined;
}

function roll(rng: Int32Array, percent: number): boolean {
  return randomBelow(rng, 0, 100) < percent;
}

function guardHigh(script: Script): void {
  script.hold(BACK, 22);
}

function guardLow(script: Script): void {
  script.hold(BACK | Input.Down, 22);
}

function hopOver(script: Script): void {
  script
    .hold(Input.Up | FORWARD, 6)
    .hold(0, 24)
    .hold(Input.Heavy, 2)
    .hold(0, 6);
}

function hopBack(script: Script): void {
  script.hold(Input.Up | BACK, 5).hold(0, 20);
}

function strikeUp(script: Script): void {
  script
    .hold(Input.Down, 1)
    .hold(Input.Down | Input.Heavy, 2)
    .hold(Input.Down, 10);
}
