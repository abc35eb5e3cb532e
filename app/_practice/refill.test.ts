import { expect, it } from 'vitest';
import { Input } from '../../engine/fighter/inputs';
import { readState } from '../../engine/fighter/readout';
import { step } from '../../engine/fighter/step';
import { situation } from '../../proto/situation';
import { practiceStart } from './practice-start';
import { hasEnded, refillTo } from './refill';

it('practice from a situation keeps its health, gauge and time as long as nobody is hurt', () => {
  const moment = situation.parse({
    characters: [1, 2],
    timer: 42,
    player1: { position_x: -120, health: 35, super_gauge: 20 },
    player2: { position_x: 110, health: 60 },
  });
  const state = practiceStart([1, 2], moment);
  const from = state.slice();
  for (let frame = 0; frame < 300; frame += 1) {
    refillTo(from, state);
    step(state, 0, 0);
  }
  expect(readState(state)).toMatchObject({
    timer: 42,
    player1: { health: 35, super_gauge: 20 },
    player2: { health: 60, super_gauge: 0 },
  });
});

it('practice from a situation ends with the knock-out, once that has been seen', () => {
  const moment = situation.parse({
    characters: [1, 2],
    player1: { position_x: -40, health: 35 },
    player2: { position_x: 10, health: 1 },
  });
  const state = practiceStart([1, 2], moment);
  const from = state.slice();
  let [frames, ended] = [0, -1];
  for (; frames < 900 && !hasEnded(state); frames += 1) {
    refillTo(from, state);
    step(state, frames === 0 ? Input.Light : 0, 0);
    if (ended < 0 && readState(state).player2.health === 0) ended = frames;
  }
  expect(ended).toBeGreaterThan(0);
  expect(frames).toBeLessThan(900);
  // The knock-out is shown first.
  expect(frames - ended).toBeGreaterThan(60);
});
