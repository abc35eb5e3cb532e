import { describe, expect, it } from 'vitest';
import { createBot } from '@/engine/bots/bot';
import { Action } from '@/engine/fighter/actions';
import { Input } from '@/engine/fighter/inputs';
import { isMatchOver, matchWinner, roundsWon } from '@/engine/fighter/outcome';
import { readState } from '@/engine/fighter/readout';
import { createState, Fighter, PLAYER_2 } from '@/engine/fighter/state';
import { step } from '@/engine/fighter/step';
import { fightAt } from '@/engine/fighter/testing/play';
import { StreamReader, type StreamState } from './read-stream';
import { createScene, NEVER } from './scene';

function streamOf(state: Int32Array): StreamState {
  const readout = readState(state);
  return readout.winner === undefined ? readout : { ...readout, winner_id: readout.winner };
}

describe('a scene from a stream', () => {
  it('follows the rounds of a whole match to the right winner', () => {
    const state = createState({ seed: 8, characters: [1, 2] });
    const one = createBot('balanced', 3);
    const two = createBot('rushdown', 4);
    const scene = createScene([1, 2], 8);
    const reader = new StreamReader(scene);
    let knockOuts = 0;
    let shots = 0;
    while (!isMatchOver(state)) {
      step(state, one.decide(state, 1), two.decide(state, 2));
      reader.feed(streamOf(state));
      if (scene.koAge === 0) knockOuts += 1;
      if (scene.fighters[0].shot.active && scene.fighters[0].shot.frame === 1) shots += 1;
      for (const fighter of scene.fighters) expect(fighter.doing.frame).toBeGreaterThan(0);
    }
    expect(scene.phase).toBe('match over');
    expect(scene.result).toBe(matchWinner(state));
    expect(scene.round).toBe(roundsWon(state, 1) + roundsWon(state, 2));
    expect(knockOuts).toBe(scene.round);
    expect(shots).toBeGreaterThan(0);
  });

  it('shows READY only to who is there when the round begins', () => {
    const player = { health: 100, super_gauge: 0, position_x: -50, position_y: 0, current_action: 'IDLE' };
    const early = createScene([1, 2], 0);
    new StreamReader(early).feed({ timer: 99, player1: player, player2: { ...player, position_x: 50 } });
    expect(early.phase).toBe('ready');
    const late = createScene([1, 2], 0);
    new StreamReader(late).feed({ timer: 60, player1: player, player2: { ...player, position_x: 50 } });
    expect(late.phase).toBe('fight');
  });

  it('faces the players to each other and shows an unknown action as standing', () => {
    const scene = createScene([1, 2], 0);
    const player = { health: 80, super_gauge: 0, position_x: 70, position_y: 0, current_action: 'TAUNT' };
    new StreamReader(scene).feed({ timer: 50, player1: player, player2: { ...player, position_x: -20 } });
    expect(scene.fighters[0].facing).toBe(-1);
    expect(scene.fighters[1].facing).toBe(1);
    expect(scene.fighters[0].doing.action).toBe(Action.IDLE);
  });

  it('shows the last state of a fight that is over without a blow', () => {
    const scene = createScene([1, 2], 0);
    const player = { health: 0, super_gauge: 0, position_x: 70, position_y: 0, current_action: 'KO' };
    const other = { ...player, health: 40, position_x: -20, current_action: 'WIN' };
    new StreamReader(scene).feed({ timer: 50, player1: player, player2: other, winner_id: 2 });
    for (const fighter of scene.fighters) expect(fighter.hurtAge).toBe(NEVER);
    expect(scene.phase).toBe('match over');
  });

  it('GAME-7: shows who is caught as held, until the thrower lets go', () => {
    const state = fightAt([2, 1], 60);
    const scene = createScene([2, 1], 0);
    const reader = new StreamReader(scene);
    let held = 0;
    for (let frame = 0; frame < 60; frame += 1) {
      step(state, frame === 2 ? Input.Throw : 0, 0);
      reader.feed(streamOf(state));
      const [thrower, victim] = scene.fighters;
      const isHeld = state[PLAYER_2 + Fighter.ACTION] === Action.THROWN;
      if (!isHeld) continue;
      held += 1;
      expect(victim.doing.action).toBe(Action.THROWN);
      expect(thrower.doing.action).toBe(Action.THROWING);
    }
    expect(held).toBeGreaterThan(10);
    expect(scene.fighters[1].doing.action).not.toBe(Action.THROWN);
  });

  it('waits for both players to be there', () => {
    const scene = createScene([1, 2], 0);
    new StreamReader(scene).feed({ timer: 50 });
    expect(scene.clock).toBe(0);
  });
});
