import { MoveSlot } from '@/engine/fighter/actions';
import { moveOf } from '@/engine/fighter/characters/roster';
import type { Character } from '@/engine/fighter/characters/types';
import { TECH_FRAMES, THROW_RELEASE_FRAME } from '@/engine/fighter/rules';
import type { Doing } from './doing';
import { ease, easeOut } from './easing';
import type { PoseBook, Strike } from './fighters/pose-book';
import { blendTo, copyPose, type Pose } from './pose';

/** The first active frame goes beyond full reach: what the eye takes for force. */
const OVERSHOOT = 1.12;

/** The pose of an attack: drawn back, snapped to full reach in its own time, carried through. */
export function strike(out: Pose, book: PoseBook, character: Character, doing: Doing): void {
  const { slot, frame } = doing;
  const picture = book.strikes[slot - 1];
  const move = moveOf(character, slot);
  if (picture === undefined) return;
  const base = isLow(slot)
    ? book.crouch
    : slot === MoveSlot.AIR_LIGHT || slot === MoveSlot.AIR_HEAVY
      ? book.fall
      : book.stance;
  copyPose(out, base);
  const snap = Math.min(3, move.startup - 1);
  const wound = move.startup - snap;
  if (slot === MoveSlot.SUPER && frame <= wound) {
    // Drawn back while everything else stands still, a little too far, and held there.
    blendTo(out, picture.wind, easeOut(doing.superAge / 9) * (1 + ease((doing.superAge - 9) / 20) * 0.1));
  } else if (frame <= wound) {
    blendTo(out, picture.wind, easeOut(frame / Math.max(1, wound * 0.8)));
  } else if (frame <= move.startup + 1) {
    copyPose(out, picture.wind);
    blendTo(out, picture.hit, ((frame - wound) / (snap + 1)) ** 2 * OVERSHOOT);
  } else if (frame <= move.startup + move.active) {
    reach(out, picture, frame - move.startup);
  } else {
    recover(out, picture, base, frame - move.startup - move.active, move.recovery);
  }
}

/** Swings back from beyond full reach while the blow is active. */
function reach(out: Pose, picture: Strike, frame: number): void {
  copyPose(out, picture.wind);
  blendTo(out, picture.hit, Math.max(1, OVERSHOOT - (frame - 1) * 0.06));
}

function recover(out: Pose, picture: Strike, base: Pose, frame: number, recovery: number): void {
  const part = frame / recovery;
  copyPose(out, picture.hit);
  blendTo(out, picture.follow, easeOut(part / 0.4));
  if (part > 0.4) blendTo(out, base, ease((part - 0.4) / 0.6));
}

function isLow(slot: number): boolean {
  return slot === MoveSlot.CROUCH_LIGHT || slot === MoveSlot.CROUCH_HEAVY;
}

/** The pose of who holds somebody, `frame` frames after the catch. */
export function hold(out: Pose, book: PoseBook, slot: number, frame: number): void {
  if (slot === MoveSlot.SUPER && book.superThrow !== undefined) {
    bringDown(out, book, book.superThrow, frame);
    return;
  }
  copyPose(out, book.holding);
  blendTo(out, book.throwing, ease((frame - TECH_FRAMES) / (THROW_RELEASE_FRAME - TECH_FRAMES)));
  if (frame > 30) blendTo(out, book.stance, ease((frame - 30) / 10));
}

/** Taken up from below, borne above the head until the release, then thrown down with the whole body. */
function bringDown(
  out: Pose,
  book: PoseBook,
  [take, bear, down]: readonly [Pose, Pose, Pose],
  frame: number,
): void {
  copyPose(out, take);
  blendTo(out, bear, ease((frame - 7) / (THROW_RELEASE_FRAME - 8)));
  if (frame > THROW_RELEASE_FRAME) blendTo(out, down, easeOut((frame - THROW_RELEASE_FRAME) / 6));
  if (frame > 30) blendTo(out, book.stance, ease((frame - 30) / 10));
}
