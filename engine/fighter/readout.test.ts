import { describe, expect, it } from 'vitest';
import { Action, actionName, MoveSlot } from './actions';
import { CHARACTERS } from './characters/roster';
import { cleanInput, Input, mirrorInput } from './inputs';
import { isMatchOver, roundsWon } from './outcome';
import { readState } from './readout';
import { KO_FREEZE_FRAMES, MAX_GAUGE, READY_FRAMES, ROUND_OVER_FRAMES, SLOW_MOTION_FRAMES } from './rules';
import { createState, Fighter, Match, Phase, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { fightAt } from './testing/play';

describe('the readout', () => {
  it('begins with full health, an empty gauge, 99 seconds and no winner', () => {
    const readout = readState(createState({ seed: 1, characters: [1, 2] }));
    expect(readout).toEqual({
      timer: 99,
      player1: { health: 100, super_gauge: 0, position_x: -110, position_y: 0, current_action: 'IDLE' },
      player2: { health: 100, super_gauge: 0, position_x: 110, position_y: 0, current_action: 'IDLE' },
    });
    expect('winner' in readout).toBe(false);
  });

  it('GAME-3: shows no health only for a knock-out, and a full gauge only when it is', () => {
    const state = fightAt([1, 2], 200);
    state[PLAYER_1 + Fighter.HEALTH] = 1;
    state[PLAYER_1 + Fighter.GAUGE] = 999;
    expect(readState(state).player1).toMatchObject({ health: 1, super_gauge: 99 });
  });

  it.each(CHARACTERS)(
    'GAME-3: shows 0 health and a gauge of 100 at the very ends only: $slug',
    ({ id, stats }) => {
      const state = createState({ seed: 1, characters: [id, id] });
      for (let health = 0; health <= stats.health; health += 1) {
        state[PLAYER_1 + Fighter.HEALTH] = health;
        expect(readState(state).player1.health === 0).toBe(health === 0);
      }
      expect(readState(state).player1.health).toBe(100);
      for (let gauge = 0; gauge <= MAX_GAUGE; gauge += 1) {
        state[PLAYER_1 + Fighter.GAUGE] = gauge;
        expect(readState(state).player1.super_gauge === 100).toBe(gauge === MAX_GAUGE);
      }
    },
  );

  it('has a name from the closed list for every action and move', () => {
    for (const action of Object.values(Action)) expect(actionName(action, MoveSlot.NONE)).toMatch(/^[A-Z]+$/);
    expect(actionName(Action.ATTACK, MoveSlot.LIGHT)).toBe('ATTACK');
    expect(actionName(Action.ATTACK, MoveSlot.SPECIAL)).toBe('SPECIAL');
    expect(actionName(Action.ATTACK, MoveSlot.SUPER)).toBe('SUPER');
    expect(actionName(Action.ATTACK, MoveSlot.THROW)).toBe('THROW');
    expect(actionName(Action.KO, MoveSlot.NONE)).toBe('KO');
  });
});

describe('the parts of a match', () => {
  it('GAME-3: follow each other: ready, fight, round over, the next round, match over', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    for (let round = 1; round <= 2; round += 1) {
      for (let i = 0; i < READY_FRAMES; i += 1) step(state, Input.Light, Input.Right);
      expect([state[Match.PHASE], state[Match.ROUND], state[Match.PHASE_FRAME]]).toEqual([
        Phase.FIGHT,
        round,
        0,
      ]);
      state[PLAYER_2 + Fighter.HEALTH] = 0;
      step(state, 0, 0);
      expect([state[Match.PHASE], state[Match.ROUND_RESULT]]).toEqual([Phase.ROUND_OVER, 1]);
      expect(roundsWon(state, 1)).toBe(round);
      let frames = 0;
      for (; state[Match.PHASE] === Phase.ROUND_OVER; frames += 1) step(state, 0, 0);
      expect(frames).toBe(KO_FREEZE_FRAMES + ROUND_OVER_FRAMES + SLOW_MOTION_FRAMES);
    }
    expect(isMatchOver(state)).toBe(true);
    expect(readState(state)).toMatchObject({ winner: 1, player1: { current_action: 'WIN' } });
  });

  it('GAME-3: are three rounds at most, the third for who won one each', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    for (const [round, loser] of [PLAYER_2, PLAYER_1, PLAYER_2].entries()) {
      expect([state[Match.ROUND], isMatchOver(state)]).toEqual([round + 1, false]);
      while (state[Match.PHASE] !== Phase.FIGHT) step(state, 0, 0);
      state[loser + Fighter.HEALTH] = 0;
      do step(state, 0, 0);
      while (state[Match.PHASE] === Phase.ROUND_OVER);
    }
    expect(readState(state).winner).toBe(1);
  });

  it('GAME-3: give each round 99 seconds of 60 frames, which the timer counts down to 0', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    while (state[Match.PHASE] !== Phase.FIGHT) step(state, 0, 0);
    for (let frame = 0; frame < 99 * 60; frame += 1) {
      expect([state[Match.PHASE], readState(state).timer]).toEqual([
        Phase.FIGHT,
        99 - Math.floor(frame / 60),
      ]);
      step(state, 0, 0);
    }
    expect([state[Match.PHASE], readState(state).timer]).toEqual([Phase.ROUND_OVER, 0]);
  });

  it('give a double knock-out to both, and a match of two of them to nobody', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    for (let round = 1; round <= 2; round += 1) {
      for (let i = 0; i < READY_FRAMES; i += 1) step(state, 0, 0);
      state[PLAYER_1 + Fighter.HEALTH] = 0;
      state[PLAYER_2 + Fighter.HEALTH] = 0;
      do step(state, 0, 0);
      while (state[Match.PHASE] === Phase.ROUND_OVER);
    }
    expect(readState(state).winner).toBe(0);
    expect(roundsWon(state, 1)).toBe(2);
  });

  it('move nobody before the fight', () => {
    const state = createState({ seed: 1, characters: [1, 2] });
    for (let i = 0; i < READY_FRAMES - 1; i += 1) step(state, Input.Right | Input.Light, Input.Up);
    expect(readState(state).player1).toMatchObject({ position_x: -110, current_action: 'IDLE' });
  });
});

describe('inputs', () => {
  it('cancel opposite directions and drop reserved bits', () => {
    expect(cleanInput(Input.Left | Input.Right | Input.Light)).toBe(Input.Light);
    expect(cleanInput(Input.Up | Input.Down)).toBe(0);
    expect(cleanInput(0xff00)).toBe(0);
    expect(mirrorInput(Input.Left | Input.Heavy)).toBe(Input.Right | Input.Heavy);
  });
});

describe('a new match', () => {
  it('needs characters that exist and a seed of 32 bits', () => {
    expect(() => createState({ seed: 1, characters: [1, 3] })).toThrow('character 3 does not exist');
    expect(() => createState({ seed: -1, characters: [1, 2] })).toThrow('seed -1');
  });
});
