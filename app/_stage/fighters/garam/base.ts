import { createPose, from } from '../../pose';

/** Garam stands tall and side-on, the long brush low in the near hand, the far hand at the back. */
export const stance = from(createPose(), {
  lean: 4,
  head: 2,
  twist: 0.25,
  nearArm: 34,
  nearElbow: 44,
  prop: 8,
  farArm: -32,
  farElbow: 16,
  nearThigh: -17,
  nearKnee: 10,
  farThigh: 24,
  farKnee: 16,
});

export const crouch = from(stance, {
  lean: 22,
  head: -12,
  nearArm: 30,
  nearElbow: 60,
  nearThigh: 34,
  nearKnee: 128,
  farThigh: 98,
  farKnee: 112,
  hipX: -6,
});

export const jump = from(stance, { air: 1, lean: 8, nearArm: 10, nearElbow: 30, farArm: -60, farElbow: 30 });
export const guard = from(stance, {
  lean: -8,
  head: 8,
  twist: 0.7,
  nearArm: 62,
  nearElbow: 62,
  prop: 44,
  farArm: 70,
  farElbow: 60,
  nearThigh: -26,
  nearKnee: 22,
  farThigh: 20,
  farKnee: 30,
  hipX: -5,
});
export const hurt = from(stance, {
  lean: -26,
  head: -18,
  twist: 0.2,
  nearArm: 40,
  nearElbow: 30,
  prop: 60,
  farArm: 48,
  farElbow: 20,
  nearThigh: -30,
  nearKnee: 14,
  farThigh: 14,
  farKnee: 30,
  hipX: -8,
});
