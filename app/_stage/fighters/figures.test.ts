import { describe, expect, it } from 'vitest';
import { Action, MoveSlot } from '@/engine/fighter/actions';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { pose } from '../choreography';
import type { Doing } from '../doing';
import { createPose, POSE_KEYS } from '../pose';
import { createJoints, type Joints, type Point, solve } from '../skeleton';
import { lookOf } from './looks';

function doing(change: Partial<Doing>): Doing {
  return {
    action: Action.IDLE,
    frame: 1,
    slot: 0,
    stun: 0,
    rising: 0,
    height: 0,
    walked: 0,
    clock: 0,
    superAge: 99,
    rivalSuperAge: 99,
    beaten: 0,
    ...change,
  };
}

/** How far a drawn limb may end outside its hitbox, stage units. */
const REACH_UNITS = 26;
/** How far it may reach beyond the box forward: what is seen to touch has to hit. */
const BEYOND_UNITS = 8;

describe.each(CHARACTERS)('the figure of $slug', (character) => {
  const look = lookOf(character.slug);

  function jointsOf(change: Partial<Doing>): Joints {
    const shown = createPose();
    const joints = createJoints();
    pose(shown, look.poses, character, doing(change));
    for (const key of POSE_KEYS) expect(Number.isFinite(shown[key]), key).toBe(true);
    solve(shown, look.build, joints);
    return joints;
  }

  it('has a pose for every action and frame, and stands on the floor in all that are not in the air', () => {
    for (const action of Object.values(Action)) {
      for (let frame = 1; frame <= 60; frame += 1) {
        for (
          let slot = action === Action.ATTACK ? 1 : 0;
          slot <= (action === Action.ATTACK ? 9 : 0);
          slot += 1
        ) {
          const joints = jointsOf({ action, frame, slot, stun: 60 - frame, walked: frame * 5, clock: frame });
          const floats =
            action === Action.AIR ||
            action === Action.FALLING ||
            // Lifted by the thrower.
            action === Action.THROWN ||
            slot === MoveSlot.AIR_LIGHT ||
            slot === MoveSlot.AIR_HEAVY;
          if (floats) continue;
          const lowest = Math.min(
            joints.nearAnkle.y - look.build.ankle,
            joints.farAnkle.y - look.build.ankle,
          );
          expect(lowest, `action ${action} frame ${frame}`).toBeGreaterThan(-0.01);
          expect(joints.head.y).toBeGreaterThan(0);
          expect(joints.head.y).toBeLessThan(240);
        }
      }
    }
  });

  it('keeps the lengths of its bones', () => {
    const length = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
    for (const slot of Object.values(MoveSlot)) {
      if (slot === MoveSlot.NONE) continue;
      const joints = jointsOf({ action: Action.ATTACK, slot, frame: 9 });
      expect(length(joints.nearHip, joints.nearKnee)).toBeCloseTo(look.build.thigh);
      expect(length(joints.farElbow, joints.farHand)).toBeCloseTo(look.build.forearm);
      expect(length(joints.hips, joints.chest)).toBeCloseTo(look.build.trunk);
    }
  });

  it('strikes where the rules say that it hits', () => {
    for (const [index, move] of character.moves.entries()) {
      const box = move.hitboxes[0];
      const smear = look.poses.strikes[index]?.smear;
      if (box === undefined || smear === undefined || smear === 'none') continue;
      const joints = jointsOf({ action: Action.ATTACK, slot: index + 1, frame: move.startup + 2 });
      const tip: Point = {
        'near hand': joints.nearHand,
        'far hand': joints.farHand,
        'near foot': joints.nearToe,
        'far foot': joints.farToe,
        prop: {
          x: joints.nearHand.x + joints.prop.x * look.propLength,
          y: joints.nearHand.y + joints.prop.y * look.propLength,
        },
      }[smear];
      expect(tip.x, move.id).toBeGreaterThan(box.x1);
      expect(tip.x, move.id).toBeLessThan(box.x2 + BEYOND_UNITS);
      expect(box.x2 - tip.x, move.id).toBeLessThan(REACH_UNITS);
      expect(tip.y, move.id).toBeGreaterThan(box.y1 - REACH_UNITS);
      expect(tip.y, move.id).toBeLessThan(box.y2 + REACH_UNITS);
    }
  });
});
