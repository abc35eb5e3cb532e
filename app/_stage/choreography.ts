import { Action } from '@/engine/fighter/actions';
import type { Character } from '@/engine/fighter/characters/types';
import { SUPER_FREEZE_FRAMES, TECH_FRAMES, THROW_RELEASE_FRAME } from '@/engine/fighter/rules';
import { hold, strike } from './attacks';
import type { Doing } from './doing';
import { ease } from './easing';
import type { PoseBook } from './fighters/pose-book';
import { blendTo, copyPose, type Pose } from './pose';

/** Stage units of ground that one full step cycle covers. */
const CYCLE_UNITS = 118;

/** Writes the pose of `doing` to `out`. Depends on nothing else, so any moment can be drawn, in any order. */
export function pose(out: Pose, book: PoseBook, character: Character, doing: Doing): void {
  const { action, frame, slot } = doing;
  switch (action) {
    case Action.WALK_FORWARD:
    case Action.WALK_BACK:
      walk(out, book, doing.walked);
      return;
    case Action.CROUCH:
      copyPose(out, book.crouch);
      breathe(out, doing.clock, 0.7);
      return;
    case Action.PREJUMP:
    case Action.LAND:
      copyPose(out, book.prejump);
      return;
    case Action.AIR:
      copyPose(out, book.rise);
      blendTo(out, book.fall, ease(0.5 - doing.rising / 16));
      return;
    case Action.DASH_FORWARD:
      copyPose(out, book.dash);
      if (frame > 12) blendTo(out, book.stance, ease((frame - 12) / 6));
      return;
    case Action.DASH_BACK:
      copyPose(out, book.dashBack);
      return;
    case Action.GUARD:
      copyPose(out, book.guard);
      return;
    case Action.CROUCH_GUARD:
      copyPose(out, book.crouchGuard);
      return;
    case Action.ATTACK:
      strike(out, book, character, doing);
      return;
    case Action.THROWING:
      hold(out, book, slot, frame);
      return;
    case Action.THROWN:
      copyPose(out, book.held);
      blendTo(out, book.falling, ease((frame - TECH_FRAMES) / (THROW_RELEASE_FRAME - TECH_FRAMES)));
      return;
    case Action.HITSTUN:
      recoil(out, book.hurt, book.stance, doing.stun);
      return;
    case Action.CROUCH_HITSTUN:
      recoil(out, book.crouchHurt, book.crouch, doing.stun);
      return;
    case Action.BLOCKSTUN:
      recoil(out, book.guard, book.guard, doing.stun);
      out.lean -= Math.min(10, doing.stun);
      return;
    case Action.CROUCH_BLOCKSTUN:
      copyPose(out, book.crouchGuard);
      out.lean -= Math.min(8, doing.stun);
      return;
    case Action.FALLING:
      copyPose(out, book.falling);
      // A body that comes down comes down to the floor, not to where its feet would stand.
      out.air *= ease(doing.height / 64);
      out.roll += Math.max(-50, Math.min(34, -doing.rising * 4));
      return;
    case Action.KNOCKDOWN:
    case Action.KO:
      copyPose(out, book.lying);
      if (frame < 7) bounce(out, frame);
      return;
    case Action.WAKEUP:
      copyPose(out, book.lying);
      blendTo(out, book.rising, ease(frame / 13));
      if (frame > 8) blendTo(out, book.stance, ease((frame - 8) / 8));
      return;
    case Action.TECH:
      copyPose(out, book.tech);
      blendTo(out, book.stance, ease(1 - doing.stun / 12));
      return;
    case Action.WIN:
      copyPose(out, book.win[0]);
      blendTo(out, book.win[1], ease((frame - 14) / 12));
      breathe(out, doing.clock, 1);
      return;
    default:
      copyPose(out, book.stance);
      breathe(out, doing.clock, 1);
      if (doing.beaten > 0) blendTo(out, book.beaten, ease(doing.beaten / 18));
      else if (doing.rivalSuperAge <= SUPER_FREEZE_FRAMES)
        blendTo(out, book.hurt, STARTLED * ease(doing.rivalSuperAge / 6));
  }
}

/** How far who stands there gives way to a super that begins: a start, no blow. */
const STARTLED = 0.4;

function breathe(out: Pose, clock: number, depth: number): void {
  const breath = Math.sin(clock / 13) * depth;
  out.lean += breath * 1.6;
  out.nearArm += breath * 2.4;
  out.farArm -= breath * 2;
  out.farKnee += breath * 2.4 + 2.4;
  out.nearKnee += breath * 2.4 + 2.4;
}

function walk(out: Pose, book: PoseBook, walked: number): void {
  copyPose(out, book.stance);
  const turn = (walked / CYCLE_UNITS) * Math.PI * 2;
  const swing = Math.sin(turn);
  const lift = Math.cos(turn);
  out.nearThigh = swing * book.stride + 4;
  out.farThigh = -swing * book.stride + 4;
  out.nearKnee = 14 + Math.max(0, lift) * 46;
  out.farKnee = 14 + Math.max(0, -lift) * 46;
  out.nearArm -= swing * 8;
  out.farArm += swing * 10;
  out.lean += 3;
}

/** Thrown back at once, back in shape as the stun runs out. */
function recoil(out: Pose, hurt: Pose, after: Pose, stun: number): void {
  copyPose(out, hurt);
  if (stun < 9) blendTo(out, after, ease((9 - stun) / 11));
}

function bounce(out: Pose, frame: number): void {
  const up = Math.sin((frame / 7) * Math.PI);
  out.nearThigh += up * 24;
  out.farThigh += up * 20;
  out.head -= up * 14;
}
