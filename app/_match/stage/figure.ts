import { Action } from '@/engine/fighter/actions';
import { moveOf } from '@/engine/fighter/characters/roster';
import { Hurt } from '@/engine/fighter/state';
import { ease, pose } from './choreography';
import { lookOf } from './figures/looks';
import type { Sway } from './figures/types';
import { type Inks, PAPER } from './palette';
import type { Pen } from './pen';
import { blendTo, copyPose, createPose } from './pose';
import type { FighterView } from './scene';
import { createJoints, type Joints, type Point, solve } from './skeleton';

/** How quickly a figure follows its pose, and loose ends the figure: the share gone in a sixtieth of a second. */
const POSE_SHARE = 0.42;
const SWAY_SHARE = 0.14;
/** Pictures of the past that a smear is made of, and frames between them. */
const SMEAR_STEPS = 7;
const SMEAR_FRAMES = 0.55;

/** One drawn fighter: what of it is not in the state, because it only smooths the picture. */
export class Figure {
  readonly #shown = createPose();
  readonly #target = createPose();
  readonly #joints = createJoints();
  readonly #past = createPose();
  readonly #pastJoints = createJoints();
  readonly #sway: Sway = { trail: 0, lift: 0, clock: 0 };
  #fresh = true;

  /** Moves on by `frames` sixtieths of a second towards what `view` does. */
  advance(view: FighterView, frames: number, frozen: boolean): void {
    const { poses } = lookOf(view.character.slug);
    pose(this.#target, poses, view.character, view.doing);
    const cut = this.#fresh || view.hurtAge < 2 || isSnapping(view);
    if (cut) copyPose(this.#shown, this.#target);
    else if (!frozen) blendTo(this.#shown, this.#target, 1 - (1 - POSE_SHARE) ** frames);
    this.#fresh = false;
    if (frozen) return;
    const share = 1 - (1 - SWAY_SHARE) ** frames;
    const trail = Math.max(-1, Math.min(1, (view.speed * view.facing) / 7));
    const lift = Math.max(-1, Math.min(1, view.y > 0 ? view.doing.rising / 9 : 0));
    this.#sway.trail += (trail - this.#sway.trail) * share;
    this.#sway.lift += (lift - this.#sway.lift) * share;
    this.#sway.clock = view.doing.clock;
  }

  /** Draws the figure at its place, in stage units. `heldBy` lifts who is being thrown. */
  draw(
    pen: Pen,
    view: FighterView,
    inks: Inks,
    smear: string | undefined,
    calm: boolean,
    heldBy?: FighterView,
  ): void {
    const look = lookOf(view.character.slug);
    const { ctx } = pen;
    const lift = heldBy === undefined ? 0 : ease((heldBy.doing.frame - 12) / 8);
    this.#shown.roll += lift * 80;
    solve(this.#shown, look.build, this.#joints);
    this.#shown.roll -= lift * 80;
    // The struck one trembles while everything stands still.
    const tremble =
      view.hurtAge < 9 && view.hurtKind !== Hurt.TECH && !calm ? (view.hurtAge % 2 === 0 ? 2.4 : -2.4) : 0;
    const pulled = heldBy === undefined ? 0 : (heldBy.x - view.x) * 0.55 * lift;
    ctx.save();
    ctx.translate(view.x + tremble + pulled, view.y + lift * 74);
    ctx.scale(view.facing, 1);
    if (smear !== undefined) this.#drawSmear(pen, view, smear);
    pen.inks = inks;
    look.draw(pen, this.#joints, this.#sway);
    ctx.restore();
  }

  /** The path of a fist, foot or brush through its last few moments, as one brush stroke. */
  #drawSmear(pen: Pen, view: FighterView, colour: string): void {
    const { doing, character } = view;
    if (doing.action !== Action.ATTACK) return;
    const move = moveOf(character, doing.slot);
    const since = doing.frame - move.startup;
    if (since < 0 || since > move.active + 3) return;
    const look = lookOf(character.slug);
    const part = look.poses.strikes[doing.slot - 1]?.smear ?? 'none';
    if (part === 'none') return;
    const late = Math.max(0, since - 2);
    const { ctx } = pen;
    for (let coat = 0; coat < 2; coat += 1) {
      ctx.fillStyle = coat === 0 ? colour : PAPER;
      const wide = (coat === 0 ? 1 : 0.45) * Math.max(0, 1 - late / (move.active + 2));
      ctx.beginPath();
      this.#traceSmear(ctx, view, part, look.propLength, wide);
      ctx.fill();
    }
  }

  #traceSmear(
    ctx: CanvasRenderingContext2D,
    view: FighterView,
    part: string,
    prop: number,
    wide: number,
  ): void {
    const look = lookOf(view.character.slug);
    const frame = view.doing.frame;
    const tips: Point[] = [];
    for (let i = 0; i < SMEAR_STEPS; i += 1) {
      view.doing.frame = Math.max(1, frame - i * SMEAR_FRAMES);
      pose(this.#past, look.poses, view.character, view.doing);
      solve(this.#past, look.build, this.#pastJoints);
      tips.push(tipOf(this.#pastJoints, part, prop));
    }
    view.doing.frame = frame;
    for (let side = -1; side <= 1; side += 2) {
      for (let k = 0; k < SMEAR_STEPS; k += 1) {
        const i = side < 0 ? k : SMEAR_STEPS - 1 - k;
        const tip = tips[i];
        const next = tips[Math.min(i + 1, SMEAR_STEPS - 1)];
        const before = tips[Math.max(i - 1, 0)];
        if (tip === undefined || next === undefined || before === undefined) continue;
        const dx = next.x - before.x;
        const dy = next.y - before.y;
        const length = Math.hypot(dx, dy) || 1;
        const half = 13 * wide * (1 - i / (SMEAR_STEPS - 1)) * side;
        const x = tip.x - (dy / length) * half;
        const y = tip.y + (dx / length) * half;
        if (side < 0 && k === 0) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      }
    }
    ctx.closePath();
  }
}

function tipOf(joints: Joints, part: string, prop: number): Point {
  switch (part) {
    case 'near hand':
      return { ...joints.nearHand };
    case 'far hand':
      return { ...joints.farHand };
    case 'near foot':
      return { ...joints.nearAnkle };
    case 'far foot':
      return { ...joints.farAnkle };
    default:
      return { x: joints.nearHand.x + joints.prop.x * prop, y: joints.nearHand.y + joints.prop.y * prop };
  }
}

/** An attack's own timing must not be smoothed away. */
function isSnapping(view: FighterView): boolean {
  const { doing } = view;
  if (doing.action !== Action.ATTACK) return false;
  const move = moveOf(view.character, doing.slot);
  return doing.frame > move.startup - 3 && doing.frame <= move.startup + move.active;
}
