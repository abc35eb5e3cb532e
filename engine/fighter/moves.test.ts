import { describe, expect, it } from 'vitest';
import { Action, MoveSlot } from './actions';
import { CHARACTERS, moveOf } from './characters/roster';
import { Input } from './inputs';
import { MAX_GAUGE, SUB } from './rules';
import { at, Fighter, Hurt, Match, PLAYER_1, PLAYER_2 } from './state';
import { step } from './step';
import { fightAt, stepUntil, totalFrames } from './testing/play';

const GROUND = [
  ['light', MoveSlot.LIGHT, Input.Light],
  ['heavy', MoveSlot.HEAVY, Input.Heavy],
  ['crouching light', MoveSlot.CROUCH_LIGHT, Input.Down | Input.Light],
  ['crouching heavy', MoveSlot.CROUCH_HEAVY, Input.Down | Input.Heavy],
  ['special', MoveSlot.SPECIAL, Input.Special],
  ['super', MoveSlot.SUPER, Input.Heavy | Input.Special],
  ['throw', MoveSlot.THROW, Input.Throw],
] as const;

describe.each(CHARACTERS)('$slug', (character) => {
  const pair = [character.id, 1] as const;

  it.each(GROUND)(
    'GAME-6: takes exactly its startup, active and recovery frames: %s',
    (_name, slot, mask) => {
      const state = fightAt(pair, 860);
      state[PLAYER_1 + Fighter.GAUGE] = MAX_GAUGE;
      step(state, mask, 0);
      expect(at(state, PLAYER_1 + Fighter.MOVE)).toBe(slot);
      let frames = 1;
      while (at(state, PLAYER_1 + Fighter.ACTION) === Action.ATTACK) {
        if (at(state, Match.HITSTOP) === 0) frames += 1;
        step(state, 0, 0);
      }
      // The last counted frame is the first one in which the fighter is free again.
      expect(frames - 1).toBe(totalFrames(character, slot));
    },
  );

  it.each(GROUND.slice(0, 4))('first touches on the frame after its startup: %s', (_name, slot, mask) => {
    const state = fightAt(pair, character.stats.halfWidth + 27);
    step(state, mask, 0);
    const touched = (): boolean => at(state, PLAYER_2 + Fighter.HURT_FRAME) > 0;
    const frames = 1 + stepUntil(state, () => [0, 0], touched);
    expect(frames).toBe(moveOf(character, slot).startup + 1);
    expect(at(state, PLAYER_2 + Fighter.HURT_KIND)).toBe(Hurt.HIT);
    expect(at(state, Match.HITSTOP)).toBe(moveOf(character, slot).hitstop);
  });

  it.each(GROUND.slice(0, 4))('GAME-6: touches in exactly its active frames: %s', (_name, slot, mask) => {
    const { startup, active } = moveOf(character, slot);
    const touching: number[] = [];
    for (let frame = 2; frame <= totalFrames(character, slot); frame += 1) {
      const state = fightAt(pair, 600);
      for (let i = 1; i < frame; i += 1) step(state, i === 1 ? mask : 0, 0);
      // The other is put before the blow only for this one frame of it.
      const near = character.stats.halfWidth + 27;
      state[PLAYER_2 + Fighter.X] = at(state, PLAYER_1 + Fighter.X) + near * SUB;
      step(state, 0, 0);
      if (at(state, PLAYER_2 + Fighter.HURT_FRAME) > 0) touching.push(frame);
    }
    expect(touching).toEqual(Array.from({ length: active }, (_, i) => startup + 1 + i));
  });

  it('keeps every box of a move inside the frames that the move has', () => {
    for (const [index, move] of character.moves.entries()) {
      const last = move.startup + move.active;
      for (const box of move.hitboxes) {
        expect(box.from, move.id).toBe(move.startup + 1);
        expect(box.to, move.id).toBe(last);
        expect(box.x1 < box.x2 && box.y1 < box.y2, move.id).toBe(true);
      }
      const total = totalFrames(character, index + 1);
      for (const part of [...move.limbs, ...move.drives]) {
        expect(part.from >= 1 && part.from <= part.to && part.to <= total, move.id).toBe(true);
      }
      for (const slot of move.cancels) expect(() => moveOf(character, slot)).not.toThrow();
    }
  });

  it('can jump over a standing opponent', () => {
    const state = fightAt(pair, 90);
    const over = (): boolean => at(state, PLAYER_1 + Fighter.X) > at(state, PLAYER_2 + Fighter.X);
    stepUntil(state, (frame) => [frame < 10 ? Input.Up | Input.Right : 0, 0], over, 60);
    stepUntil(
      state,
      () => [0, 0],
      () => at(state, PLAYER_1 + Fighter.FACING) === -1,
      60,
    );
    expect(at(state, PLAYER_1 + Fighter.Y)).toBe(0);
  });

  it('attacks once in a jump, and lands', () => {
    const state = fightAt(pair, 400);
    stepUntil(
      state,
      () => [Input.Up, 0],
      () => at(state, PLAYER_1 + Fighter.ACTION) === Action.AIR,
    );
    for (let i = 0; i < 4; i += 1) step(state, 0, 0);
    step(state, Input.Light, 0);
    expect(at(state, PLAYER_1 + Fighter.MOVE)).toBe(MoveSlot.AIR_LIGHT);
    const landed = (): boolean => at(state, PLAYER_1 + Fighter.ACTION) === Action.LAND;
    const again = stepUntil(state, (frame) => [frame % 2 ? Input.Heavy : 0, 0], landed, 80);
    expect(again).toBeGreaterThan(5);
    expect(at(state, PLAYER_1 + Fighter.LAND_FRAME)).toBe(at(state, Match.FRAME));
  });
});
