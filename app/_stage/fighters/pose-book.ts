import type { Pose } from '../pose';

/** An attack as three pictures: drawn back, at full reach, and carried through. */
export interface Strike {
  readonly wind: Pose;
  readonly hit: Pose;
  readonly follow: Pose;
  /** Which part of the body leaves the smear. */
  readonly smear: 'near hand' | 'far hand' | 'near foot' | 'far foot' | 'prop' | 'none';
}

/** All pictures of one character. */
export interface PoseBook {
  readonly stance: Pose;
  readonly crouch: Pose;
  /** Degrees that the thighs swing in a step. */
  readonly stride: number;
  readonly prejump: Pose;
  readonly rise: Pose;
  readonly fall: Pose;
  readonly dash: Pose;
  readonly dashBack: Pose;
  readonly guard: Pose;
  readonly crouchGuard: Pose;
  readonly hurt: Pose;
  readonly crouchHurt: Pose;
  readonly falling: Pose;
  readonly lying: Pose;
  readonly rising: Pose;
  readonly tech: Pose;
  readonly win: readonly [Pose, Pose];
  readonly holding: Pose;
  readonly throwing: Pose;
  readonly held: Pose;
  /** A super that is a throw: taken up, borne above the head, and brought down. */
  readonly superThrow?: readonly [Pose, Pose, Pose];
  /** Time is up and the round is lost. */
  readonly beaten: Pose;
  /** By `MoveSlot` - 1. */
  readonly strikes: readonly [Strike, Strike, Strike, Strike, Strike, Strike, Strike, Strike, Strike];
}
