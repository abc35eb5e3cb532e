import type { Pose } from './pose';

/** Lengths and thicknesses of one body, in stage units. */
export interface Build {
  readonly thigh: number;
  readonly shin: number;
  readonly trunk: number;
  readonly neck: number;
  readonly headRadius: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly hipRadius: number;
  readonly chestRadius: number;
  /** Distance between the shoulders as seen at an angle. */
  readonly shoulders: number;
  readonly foot: number;
  /** Height of the ankle above the sole. */
  readonly ankle: number;
  /** Thickness of a bent knee. */
  readonly knee: number;
  /** Height of the hips above the feet's place in a jump. */
  readonly airHips: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Where every joint is, relative to the feet's place, x forward and y up. */
export interface Joints {
  hips: Point;
  chest: Point;
  head: Point;
  nearShoulder: Point;
  nearElbow: Point;
  nearHand: Point;
  farShoulder: Point;
  farElbow: Point;
  farHand: Point;
  nearHip: Point;
  nearKnee: Point;
  nearAnkle: Point;
  nearToe: Point;
  farHip: Point;
  farKnee: Point;
  farAnkle: Point;
  farToe: Point;
  /** End of what the near hand holds, if it were one unit long: a direction. */
  prop: Point;
  /** Direction of the trunk, radians forward from upright. */
  trunk: number;
  /** Tilt of the head, radians forward from upright. */
  tilt: number;
}

const point = (): Point => ({ x: 0, y: 0 });

export function createJoints(): Joints {
  return {
    hips: point(),
    chest: point(),
    head: point(),
    nearShoulder: point(),
    nearElbow: point(),
    nearHand: point(),
    farShoulder: point(),
    farElbow: point(),
    farHand: point(),
    nearHip: point(),
    nearKnee: point(),
    nearAnkle: point(),
    nearToe: point(),
    farHip: point(),
    farKnee: point(),
    farAnkle: point(),
    farToe: point(),
    prop: point(),
    trunk: 0,
    tilt: 0,
  };
}

const RADIANS = Math.PI / 180;
/** Half the distance between the hip joints as seen at an angle. */
const HIP_SPREAD = 5;

/** Puts `out` at `length` from `start` in a direction (radians; 0 down, positive forward). */
function hang(out: Point, start: Point, angle: number, length: number): void {
  out.x = start.x + Math.sin(angle) * length;
  out.y = start.y - Math.cos(angle) * length;
}

/** Forward kinematics: fills `joints` from a pose. */
export function solve(pose: Pose, build: Build, joints: Joints): void {
  const roll = pose.roll * RADIANS;
  const trunk = pose.lean * RADIANS - roll;
  const { hips, chest } = joints;
  hips.x = pose.hipX;
  hips.y = 0;
  // The trunk points up, so it hangs at its lean plus half a turn, mirrored.
  hang(chest, hips, Math.PI - trunk, build.trunk);
  joints.trunk = trunk;
  joints.tilt = trunk + pose.head * RADIANS;
  hang(joints.head, chest, Math.PI - joints.tilt, build.neck + build.headRadius);

  const reach = build.shoulders * (pose.twist - 0.5);
  shoulder(joints.nearShoulder, chest, trunk, reach);
  shoulder(joints.farShoulder, chest, trunk, -reach);
  const near = pose.nearArm * RADIANS + roll;
  arm(joints.nearShoulder, joints.nearElbow, joints.nearHand, near, pose.nearElbow, build);
  arm(
    joints.farShoulder,
    joints.farElbow,
    joints.farHand,
    pose.farArm * RADIANS + roll,
    pose.farElbow,
    build,
  );
  const held = near + (pose.nearElbow + pose.prop) * RADIANS;
  joints.prop.x = Math.sin(held);
  joints.prop.y = -Math.cos(held);

  const spread = HIP_SPREAD * (pose.twist - 0.5);
  shoulder(joints.nearHip, hips, trunk, spread * 2);
  shoulder(joints.farHip, hips, trunk, -spread * 2);
  leg(
    joints.nearHip,
    joints.nearKnee,
    joints.nearAnkle,
    pose.nearThigh * RADIANS + roll,
    pose.nearKnee,
    build,
  );
  leg(joints.farHip, joints.farKnee, joints.farAnkle, pose.farThigh * RADIANS + roll, pose.farKnee, build);
  settle(pose, build, joints);
  toe(joints.nearToe, joints.nearAnkle, pose.nearThigh - pose.nearKnee + pose.roll, build);
  toe(joints.farToe, joints.farAnkle, pose.farThigh - pose.farKnee + pose.roll, build);
}

function shoulder(out: Point, middle: Point, trunk: number, reach: number): void {
  out.x = middle.x + Math.cos(trunk) * reach;
  out.y = middle.y - Math.sin(trunk) * reach;
}

function arm(start: Point, elbow: Point, hand: Point, angle: number, bend: number, build: Build): void {
  hang(elbow, start, angle, build.upperArm);
  hang(hand, elbow, angle + bend * RADIANS, build.forearm);
}

function leg(start: Point, knee: Point, ankle: Point, angle: number, bend: number, build: Build): void {
  hang(knee, start, angle, build.thigh);
  hang(ankle, knee, angle - bend * RADIANS, build.shin);
}

const MOVED = [
  'hips',
  'chest',
  'head',
  'nearShoulder',
  'nearElbow',
  'nearHand',
  'farShoulder',
  'farElbow',
  'farHand',
  'nearHip',
  'nearKnee',
  'nearAnkle',
  'farHip',
  'farKnee',
  'farAnkle',
] as const;

/** Lifts the figure so that its lowest point rests on the floor, or so that the hips are where a jump has them. */
function settle(pose: Pose, build: Build, joints: Joints): void {
  const { hips, chest, head, nearAnkle, farAnkle, nearKnee, farKnee, nearHand, farHand } = joints;
  const lowest = Math.min(
    nearAnkle.y - build.ankle,
    farAnkle.y - build.ankle,
    nearKnee.y - build.knee,
    farKnee.y - build.knee,
    hips.y - build.hipRadius,
    chest.y - build.chestRadius,
    head.y - build.headRadius,
    nearHand.y - 7,
    farHand.y - 7,
  );
  const lift = -lowest + (build.airHips + lowest) * pose.air;
  for (const key of MOVED) joints[key].y += lift;
}

/** A foot on the floor is flat; one in the air points along the shin. */
function toe(out: Point, ankle: Point, shin: number, build: Build): void {
  const free = Math.min(1, Math.max(0, (ankle.y - build.ankle - 2) / 22));
  const angle = ((90 + shin * 0.15) * (1 - free) + (shin + 62) * free) * RADIANS;
  hang(out, ankle, angle, build.foot);
}
