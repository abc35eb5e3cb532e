import { createPose, from } from '../../pose';

/** Bawi stands wide and low, both fists up, chin behind them. */
export const stance = from(createPose(), {
  lean: 20,
  head: -12,
  twist: 0.3,
  nearArm: 22,
  nearElbow: 100,
  farArm: 52,
  farElbow: 78,
  nearThigh: -32,
  nearKnee: 30,
  farThigh: 46,
  farKnee: 50,
});

export const crouch = from(stance, {
  lean: 34,
  head: -24,
  nearThigh: 36,
  nearKnee: 124,
  farThigh: 104,
  farKnee: 112,
  hipX: -6,
});

export const jump = from(stance, { air: 1, lean: 12, nearArm: 60, nearElbow: 60, farArm: -20, farElbow: 40 });
export const guard = from(stance, {
  lean: 2,
  head: 10,
  twist: 0.6,
  nearArm: 60,
  nearElbow: 98,
  farArm: 66,
  farElbow: 92,
  nearThigh: -38,
  nearKnee: 36,
  farThigh: 36,
  farKnee: 52,
  hipX: -6,
});
export const hurt = from(stance, {
  lean: -20,
  head: -22,
  twist: 0.2,
  nearArm: 46,
  nearElbow: 30,
  farArm: 66,
  farElbow: 20,
  nearThigh: -38,
  nearKnee: 20,
  farThigh: 26,
  farKnee: 44,
  hipX: -8,
});
