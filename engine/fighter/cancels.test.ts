import { describe, expect, it } from 'vitest';
import { MoveSlot } from './actions';
import { CHARACTERS, moveOf } from './characters/roster';
import type { Character } from './characters/types';
import { Input } from './inputs';
import { CANCEL_FRAMES, MAX_GAUGE, SUB, WALL_X } from './rules';
import { at, Fighter, Match, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { fightAt } from './testing/play';

const MASKS: Readonly<Record<number, number>> = {
  [MoveSlot.LIGHT]: Input.Light,
  [MoveSlot.HEAVY]: Input.Heavy,
  [MoveSlot.CROUCH_LIGHT]: Input.Down | Input.Light,
  [MoveSlot.CROUCH_HEAVY]: Input.Down | Input.Heavy,
  [MoveSlot.SPECIAL]: Input.Special,
  [MoveSlot.SUPER]: Input.Heavy | Input.Special,
};

const NORMALS = [MoveSlot.LIGHT, MoveSlot.HEAVY, MoveSlot.CROUCH_LIGHT, MoveSlot.CROUCH_HEAVY] as const;

/**
 * Every way through a character's tables that begins with a normal and can't go on (the shorter ones are their
 * beginnings), no move twice but for a first one that follows itself.
 */
function routesOf(character: Character): number[][] {
  const routes: number[][] = [];
  const walk = (route: number[]): void => {
    const nexts = moveOf(character, route.at(-1) ?? 0).cancels.filter((next) => !route.includes(next));
    if (nexts.length === 0 && route.length > 1) routes.push(route);
    for (const next of nexts) walk([...route, next]);
  };
  for (const slot of NORMALS) {
    walk([slot]);
    // A third light blow in a row drifts out of reach by design, so a move follows itself once.
    if (moveOf(character, slot).cancels.includes(slot)) routes.push([slot, slot]);
  }
  return routes;
}

/** How many of a route's blows land as one combo on somebody who does nothing, each cancelled `delay` frames late. */
function landed(start: Int32Array, route: readonly number[], posture: number, delay: number): number {
  const state = start.slice();
  let done = 0;
  let waited = 0;
  step(state, MASKS[route[0] ?? 0] ?? 0, posture);
  for (let frame = 0; frame < 160; frame += 1) {
    const combo = at(state, PLAYER_2 + Fighter.COMBO);
    if (combo === 0 && done > 0) return done;
    if (combo > done) {
      done = combo;
      waited = 0;
    }
    if (done >= route.length) return done;
    const connected = at(state, PLAYER_1 + Fighter.MOVE_HIT) === 1 && at(state, Match.HITSTOP) === 0;
    const press = connected && waited === delay;
    if (connected) waited += 1;
    step(state, press ? (MASKS[route[done] ?? 0] ?? 0) : 0, posture);
  }
  return done;
}

const POSTURES = [
  ['standing', 0],
  ['crouching', Input.Down],
] as const;
const VICTIMS = CHARACTERS.flatMap((victim) =>
  POSTURES.map(([posture, mask]) => [`${posture} ${victim.slug}`, victim, mask] as const),
);

describe.each(CHARACTERS)('what the tables of $slug offer', (character) => {
  it.each(VICTIMS)('GAME-5: lands as a combo wherever the first blow does: %s', (_, victim, mask) => {
    const dropped: string[] = [];
    let tried = 0;
    for (const corner of [false, true]) {
      const nearest = character.stats.halfWidth + victim.stats.halfWidth;
      for (let distance = nearest; distance < 170; distance += 4) {
        const start = fightAt([character.id, victim.id], distance);
        start[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
        if (corner) {
          start[PLAYER_2 + Fighter.X] = WALL_X * SUB;
          start[PLAYER_1 + Fighter.X] = (WALL_X - distance) * SUB;
        }
        for (let i = 0; i < 16; i += 1) step(start, 0, mask);
        for (const route of routesOf(character)) {
          if (landed(start, route.slice(0, 1), mask, 0) === 0) continue;
          for (let delay = 0; delay < CANCEL_FRAMES; delay += 1) {
            tried += 1;
            if (landed(start, route, mask, delay) >= route.length) continue;
            dropped.push(`${route} at ${distance}${corner ? ' in the corner' : ''}, ${delay} late`);
          }
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
    expect(dropped).toEqual([]);
  });
});
