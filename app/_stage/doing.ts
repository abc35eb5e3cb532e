import { SUPER_FREEZE_FRAMES } from '@/engine/fighter/rules';

/** What a figure is doing, as the pose depends on it. Lengths in stage units. */
export interface Doing {
  action: number;
  /** Frames since the action began, from 1. */
  frame: number;
  slot: number;
  /** Frames of stun left. */
  stun: number;
  /** Upward speed, any unit; only its sign and size against 8 count. */
  rising: number;
  /** Height of the feet above the floor. */
  height: number;
  /** Distance walked forward so far; the steps follow it. */
  walked: number;
  /** Frame of the match, for breathing. */
  clock: number;
  /** Frames since the own last super began, and since the other's did. */
  superAge: number;
  rivalSuperAge: number;
  /** Frames since a round was lost on time; 0 for not. */
  beaten: number;
}

/** Whether the picture stands still because a super begins: then its user poses, and the other takes it in. */
export function isSuperFreeze(doing: Doing): boolean {
  return Math.min(doing.superAge, doing.rivalSuperAge) <= SUPER_FREEZE_FRAMES;
}
