import { Action } from '@/engine/fighter/actions';
import { moveOf } from '@/engine/fighter/characters/roster';
import { Hurt } from '@/engine/fighter/state';
import { pose } from './choreography';
import { isSuperFreeze } from './doing';
import type { Sway } from './fighters/look';
import { lookOf } from './fighters/looks';
import { type Inks, PAPER } from './palette';
import type { Pen } from './pen';
import { blendTo, copyPose, createPose } from './pose';
import type { FighterView } from './scene';
import { createJoints, type Joints, type Point, solve } from './skeleton';
import { NOTHING } from './worn/looks';

/** How quickly a figure follows its pose, and loose ends the figure: the share gone in a sixtieth of a second. */
const POSE_SHARE = 0.42;
const SWAY_SHARE = 0.14;
/** Pictures of the past that a smear is made of, and frames between them. */
const SMEAR_STEPS = 16;
const SMEAR_FRAMES = 0.24;

/** One drawn fighter: what of it is not in the state, because it only smooths the picture. */
export class Figure {
  readonly #shown = createPose();
  readonly #target = createPose();
  readonly #joints = createJoints();
  readonly #past = createPose();
  readonly #pastJoints = createJoints();
  readonly #tips: Point[] = Array.from({ length: SMEAR_STEPS }, () => ({ x: 0, y: 0 }));
  readonly #sway: Sway = { trail: 0, lift: 0, clock: 0 };
  #fresh = true;

  /** Moves on by `frames` sixtieths of a second towards what `view` does. */
  advance(view: FighterView, frames: number, frozen: boolean): void {
    const { poses } = lookOf(view.character.slug);
    pose(this.#target, poses, view.character, view.doing);
    const cut = this.#fresh || isStruck(view) || isSnapping(view);
    if (cut) copyPose(this.#shown, this.#target);
    else if (!frozen || isSuperFreeze(view.doing))
      blendTo(this.#shown, this.#target, 1 - (1 - POSE_SHARE) ** frames);
    this.#fresh = false;
    if (frozen) return;
    const share = 1 - (1 - SWAY_SHARE) ** frames;
    const trail = Math.max(-1, Math.min(1, (view.speed * view.facing) / 7));
    const lift = Math.max(-1, Math.min(1, view.y > 0 ? view.doing.rising / 9 : 0));
    this.#sway.trail += (trail - this.#sway.trail) * share;
    this.#sway.lift += (lift - this.#sway.lift) * share;
    this.#sway.clock = view.doing.clock;
  }

  /** Where every joint is now, relative to the feet's place, as the figure is drawn. Valid until the next call. */
  joints(view: FighterView): Readonly<Joints> {
    solve(this.#shown, lookOf(view.character.slug).build, this.#joints);
    return this.#joints;
  }

  /**
   * Draws the figure at its place, in stage units.
   * @param still frames for which the match has stood still: what was about to pass has passed
   * @param worn what it wears beside its own clothes
   */
  draw(
    pen: Pen,
    view: FighterView,
    inks: Inks,
    smear: string | undefined,
    calm: boolean,
    still = 0,
    worn = NOTHING,
  ): void {
    const look = lookOf(view.character.slug);
    const { ctx } = pen;
    const joints = this.joints(view);
    // The struck one trembles while everything stands still.
    const tremble =
      view.hurtAge + still < 9 && view.hurtKind !== Hurt.TECH && !calm
        ? view.hurtAge % 2 === 0
          ? 2.4
          : -2.4
        : 0;
    ctx.save();
    ctx.translate(view.x + tremble, view.y);
    ctx.scale(view.facing, 1);
    if (smear !== undefined) this.#drawSmear(pen, view, smear);
    pen.inks = inks;
    look.draw(pen, joints, this.#sway, worn);
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
    this.#recall(view, part, look.propLength);
    const late = Math.max(0, since - 2);
    const { ctx } = pen;
    for (let coat = 0; coat < 2; coat += 1) {
      ctx.fillStyle = coat === 0 ? colour : PAPER;
      const wide = (coat === 0 ? 13 : 6) * Math.max(0, 1 - late / (move.active + 2));
      ctx.beginPath();
      this.#traceSmear(ctx, wide);
      ctx.fill();
    }
  }

  /** Finds where the striking part was in the last few moments, newest first. */
  #recall(view: FighterView, part: string, prop: number): void {
    const look = lookOf(view.character.slug);
    const { doing } = view;
    const now = doing.frame;
    for (const [i, tip] of this.#tips.entries()) {
      doing.frame = Math.max(1, now - i * SMEAR_FRAMES);
      pose(this.#past, look.poses, view.character, doing);
      solve(this.#past, look.build, this.#pastJoints);
      placeTip(tip, this.#pastJoints, part, prop);
    }
    doing.frame = now;
  }

  /** There along one edge and back along the other, thinner into the past. */
  #traceSmear(ctx: CanvasRenderingContext2D, wide: number): void {
    const last = this.#tips.length - 1;
    for (let k = 0; k <= last * 2 + 1; k += 1) {
      const i = k <= last ? k : last * 2 + 1 - k;
      const tip = this.#tips[i];
      const next = this.#tips[Math.min(i + 1, last)];
      const before = this.#tips[Math.max(i - 1, 0)];
      if (tip === undefined || next === undefined || before === undefined) continue;
      const dx = next.x - before.x;
      const dy = next.y - before.y;
      const length = Math.hypot(dx, dy) || 1;
      const half = wide * (1 - i / last) * (k <= last ? -1 : 1);
      const x = tip.x - (dy / length) * half;
      const y = tip.y + (dx / length) * half;
      if (k === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    }
    ctx.closePath();
  }
}

function placeTip(tip: Point, joints: Joints, part: string, prop: number): void {
  const { nearHand, farHand, nearAnkle, farAnkle } = joints;
  const joint =
    part === 'far hand'
      ? farHand
      : part === 'near foot'
        ? nearAnkle
        : part === 'far foot'
          ? farAnkle
          : nearHand;
  const reach = part === 'prop' ? prop : 0;
  tip.x = joint.x + joints.prop.x * reach;
  tip.y = joint.y + joints.prop.y * reach;
}

/** A blow shows at once; who is let go of by a thrower flies on. */
function isStruck(view: FighterView): boolean {
  return view.hurtAge < 2 && view.hurtKind !== Hurt.THROW;
}

/** An attack's own timing must not be smoothed away. */
function isSnapping(view: FighterView): boolean {
  const { doing } = view;
  if (doing.action !== Action.ATTACK) return false;
  const move = moveOf(view.character, doing.slot);
  return doing.frame > move.startup - 3 && doing.frame <= move.startup + move.active;
}
