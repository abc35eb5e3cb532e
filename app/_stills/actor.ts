import type { FighterName } from '@/engine/fighter/characters/types';
import type { Sway } from '../_stage/fighters/look';
import { lookOf } from '../_stage/fighters/looks';
import type { PoseBook } from '../_stage/fighters/pose-book';
import { type Inks, oneInk, PLAYER_INKS } from '../_stage/palette';
import { from, type Pose } from '../_stage/pose';
import { createJoints, solve } from '../_stage/skeleton';
import { type ItemLook, NOTHING } from '../_stage/worn/looks';
import { type Sheet, slipOf } from './sheet';

/** A figure of the game on a still. */
export interface Part {
  readonly name: FighterName;
  readonly pose: (book: PoseBook) => Pose;
  /** Its feet, scene units. */
  readonly x: number;
  readonly y: number;
  /** Times its size in a fight. */
  readonly zoom: number;
  /** 1 looks to the right. */
  readonly facing?: 1 | -1;
  readonly inks: Inks;
  readonly worn?: readonly ItemLook[];
  /** How loose ends hang; by default in a light wind. */
  readonly sway?: Sway;
  /** A second plate behind it, out of register; none by default. */
  readonly ghost?: string;
}

const BREEZE: Sway = { trail: 0.35, lift: 0.1, clock: 40 };

/** The player's character, as the roster's ids have it. */
export function playerName(sheet: Sheet): FighterName {
  return sheet.player.character === 1 ? 'garam' : 'bawi';
}

/** The player, in player 1's colour and with what they own. */
export function drawPlayer(sheet: Sheet, part: Omit<Part, 'name' | 'inks' | 'worn'>): void {
  drawActor(sheet, { ...part, name: playerName(sheet), inks: PLAYER_INKS[0], worn: sheet.player.looks });
}

/** The one who is both friend and foe, in player 2's colour. */
export function drawRival(sheet: Sheet, part: Omit<Part, 'name' | 'inks' | 'worn'>): void {
  const name = sheet.player.character === 1 ? 'bawi' : 'garam';
  drawActor(sheet, { ...part, name, inks: PLAYER_INKS[1] });
}

/** Draws a figure in one of the game's poses. */
export function drawActor(sheet: Sheet, part: Part): void {
  const { ctx, pen } = sheet;
  const look = lookOf(part.name);
  const joints = createJoints();
  solve(part.pose(look.poses), look.build, joints);
  const sway = part.sway ?? BREEZE;
  const worn = part.worn ?? NOTHING;
  const pulled = 1 + 0.04 * (1 - sheet.settled) ** 2;
  ctx.save();
  ctx.translate(part.x, part.y);
  ctx.scale(part.zoom * (part.facing ?? 1) * pulled, part.zoom * pulled);
  if (part.ghost !== undefined) {
    const slip = 3 + slipOf(sheet) * 1.6;
    ctx.save();
    ctx.translate(-slip * (part.facing ?? 1), slip * 0.5);
    pen.inks = oneInk(part.ghost, part.ghost);
    look.draw(pen, joints, sway, worn);
    ctx.restore();
  }
  pen.inks = part.inks;
  look.draw(pen, joints, sway, worn);
  ctx.restore();
}

/** Sits on the ground, the head low. */
export function sitting(book: PoseBook): Pose {
  return from(book.beaten, {
    lean: 26,
    head: 24,
    nearThigh: 88,
    nearKnee: 12,
    farThigh: 118,
    farKnee: 104,
    nearArm: 24,
    nearElbow: 34,
    farArm: 62,
    farElbow: 30,
    prop: 30,
    hipX: 0,
    air: 0,
    roll: 0,
  });
}

/** Cheers as after a win, but with the face free: one arm goes up behind it, the other rests at the hip. */
export function cheering(book: PoseBook): Pose {
  return from(book.win[1], {
    twist: 0.2,
    lean: 2,
    head: 0,
    nearArm: 218,
    nearElbow: -8,
    prop: 2,
    farArm: -30,
    farElbow: 72,
  });
}
