/**
 * A pose: joint angles in degrees for a figure that faces right. Limbs hang down at 0, positive is forward, 180 is
 * up. "Near" limbs are the viewer's side and drawn last; in a stance they are the rear ones.
 */
export interface Pose {
  /** Trunk, forward from upright. */
  lean: number;
  /** Head, forward from the trunk's own direction. */
  head: number;
  /** Turn of the shoulders: 1 brings the near one fully forward. */
  twist: number;
  nearArm: number;
  /** Forearm, from the direction of the upper arm. */
  nearElbow: number;
  farArm: number;
  farElbow: number;
  nearThigh: number;
  /** Shin, backward from the direction of the thigh. */
  nearKnee: number;
  farThigh: number;
  farKnee: number;
  /** Shift of the hips, in stage units. */
  hipX: number;
  /** The whole figure about its hips; positive falls backwards. */
  roll: number;
  /** What is held, from the direction of the near forearm. */
  prop: number;
  /** 0 stands on its lowest point; 1 floats with the hips at the height of a jump. */
  air: number;
}

export const POSE_KEYS = [
  'lean',
  'head',
  'twist',
  'nearArm',
  'nearElbow',
  'farArm',
  'farElbow',
  'nearThigh',
  'nearKnee',
  'farThigh',
  'farKnee',
  'hipX',
  'roll',
  'prop',
  'air',
] as const satisfies readonly (keyof Pose)[];

export function createPose(): Pose {
  return {
    lean: 0,
    head: 0,
    twist: 0,
    nearArm: 0,
    nearElbow: 0,
    farArm: 0,
    farElbow: 0,
    nearThigh: 0,
    nearKnee: 0,
    farThigh: 0,
    farKnee: 0,
    hipX: 0,
    roll: 0,
    prop: 0,
    air: 0,
  };
}

/** Copies `from` into `out`. */
export function copyPose(out: Pose, from: Pose): void {
  for (const key of POSE_KEYS) out[key] = from[key];
}

/** Moves `out` the share `amount` of the way to `to`; more than 1 overshoots. */
export function blendTo(out: Pose, to: Pose, amount: number): void {
  for (const key of POSE_KEYS) out[key] += (to[key] - out[key]) * amount;
}

/** A pose that differs from `base` in the given angles. */
export function from(base: Pose, change: Partial<Pose>): Pose {
  return { ...base, ...change };
}
