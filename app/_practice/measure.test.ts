import { expect, it } from 'vitest';
import { MoveSlot } from '../../engine/fighter/actions';
import { characterById, moveOf } from '../../engine/fighter/characters/roster';
import { Input } from '../../engine/fighter/inputs';
import { at, Fighter, PLAYER_2 } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';
import { fightAt } from '../../engine/fighter/testing/play';
import { createMeasure } from './measure';
import { refill } from './refill';

it('tells the frames of the last move, and hits and damage of the last combo, also beyond what health there is', () => {
  const state = fightAt([1, 2], 100);
  const measure = createMeasure();
  const play = (mask: number, frames: number) => {
    for (let i = 0; i < frames; i += 1) {
      refill(state);
      measure.before(state);
      step(state, mask, 0);
      measure.after(state);
    }
  };
  const heavy = moveOf(characterById(1), MoveSlot.HEAVY);
  play(Input.Heavy, 2);
  play(0, 120);
  expect(measure.figures).toEqual({
    startup: heavy.startup,
    active: heavy.active,
    recovery: heavy.recovery,
    hits: 1,
    damage: heavy.damage,
  });
  // As if long beaten: the floor under the health must not count as a loss, nor hide one.
  state[PLAYER_2 + Fighter.HEALTH] = 10;
  state[PLAYER_2 + Fighter.COMBO] = 0;
  play(Input.Right, 12);
  play(Input.Light, 2);
  play(0, 3);
  play(Input.Heavy, 2);
  play(0, 20);
  expect(measure.figures.hits).toBeGreaterThanOrEqual(1);
  expect(measure.figures.damage).toBeGreaterThan(0);
  expect(measure.figures.damage).toBeLessThan(200);
  expect(at(state, PLAYER_2 + Fighter.HEALTH)).toBeGreaterThan(0);
});
