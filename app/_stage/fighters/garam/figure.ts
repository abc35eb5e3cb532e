import type { Pen } from '../../pen';
import { disc, limb, oval, polygon } from '../../shapes';
import type { Build, Joints, Point } from '../../skeleton';
import type { ItemLook } from '../../worn/looks';
import { drawWorn } from '../../worn/worn';
import type { Look, Sway } from '../look';
import { garamPoses } from './poses';

const build: Build = {
  thigh: 45,
  shin: 45,
  trunk: 46,
  neck: 5,
  headRadius: 12,
  upperArm: 30,
  forearm: 30,
  hipRadius: 13,
  chestRadius: 16,
  shoulders: 16,
  foot: 15,
  ankle: 7,
  knee: 12,
  airHips: 84,
};

const BRUSH_TAIL = 34;
const BRUSH_LENGTH = 52;

/** A tall calligrapher: horsehair hat, long coat, a brush as long as an arm. */
export const garam: Look = { build, poses: garamPoses, propLength: BRUSH_LENGTH, draw };

function draw(pen: Pen, j: Joints, sway: Sway, worn: readonly ItemLook[]): void {
  const { inks } = pen;
  drawWorn(pen, j, sway, build, worn, 'behind');
  drawHair(pen, j, sway);
  drawSleeve(pen, j.farShoulder, j.farElbow, j.farHand, inks.clothShade);
  drawLeg(pen, j.farHip, j.farKnee, j.farAnkle, j.farToe, inks.lightShade);
  drawLeg(pen, j.nearHip, j.nearKnee, j.nearAnkle, j.nearToe, inks.light);
  drawCoat(pen, j, sway);
  drawHead(pen, j);
  drawBrush(pen, j);
  drawWorn(pen, j, sway, build, worn, 'body');
  drawSleeve(pen, j.nearShoulder, j.nearElbow, j.nearHand, inks.cloth);
  drawWorn(pen, j, sway, build, worn, 'over');
}

function drawLeg(pen: Pen, hip: Point, knee: Point, ankle: Point, toe: Point, fill: string): void {
  const { inks } = pen;
  const boot = { x: knee.x + (ankle.x - knee.x) * 0.66, y: knee.y + (ankle.y - knee.y) * 0.66 };
  pen.flat(inks.dark, (ctx) => {
    limb(ctx, boot, 7.5, ankle, 7);
    limb(ctx, ankle, 7, toe, 4.5);
  });
  pen.part(fill, inks.lightShade, (ctx) => {
    limb(ctx, hip, 14, knee, 12);
    limb(ctx, knee, 12, boot, 8.5);
  });
}

/** The coat hangs from the waist over both thighs; its hem trails behind the knees. */
function drawCoat(pen: Pen, j: Joints, sway: Sway): void {
  const { inks } = pen;
  const near = hem(j.nearKnee, j.nearAnkle, sway);
  const far = hem(j.farKnee, j.farAnkle, sway);
  const flutter = Math.sin(sway.clock / 7) * 2;
  const back = {
    x: Math.min(near.x, far.x, j.hips.x) - 10 - sway.trail * 16 + flutter,
    y: Math.min(near.y, far.y) + 8,
  };
  pen.part(inks.cloth, inks.clothShade, (ctx) => {
    limb(ctx, j.hips, 15, far, 12);
    limb(ctx, j.hips, 15, back, 9);
    limb(ctx, j.hips, 15, near, 13);
    polygon(ctx, j.hips.x, j.hips.y, far.x, far.y, near.x, near.y);
    polygon(ctx, j.hips.x, j.hips.y, near.x, near.y, back.x, back.y);
    limb(ctx, j.hips, 14, j.chest, 17);
    limb(ctx, j.nearShoulder, 10, j.farShoulder, 9);
  });
  const along = { x: Math.sin(j.trunk), y: Math.cos(j.trunk) };
  const side = { x: along.y, y: -along.x };
  pen.line(inks.light, 4, (ctx) => {
    ctx.moveTo(j.chest.x + side.x * 3 + along.x * 14, j.chest.y + side.y * 3 + along.y * 14);
    ctx.lineTo(j.chest.x + side.x * 10 - along.x * 18, j.chest.y + side.y * 10 - along.y * 18);
  });
  pen.flat(inks.dark, (ctx) => {
    const waist = { x: j.hips.x + along.x * 13, y: j.hips.y + along.y * 13 };
    const a = { x: waist.x - side.x * 11, y: waist.y - side.y * 11 };
    const b = { x: waist.x + side.x * 12, y: waist.y + side.y * 12 };
    limb(ctx, a, 3.2, b, 3.2);
  });
}

function hem(knee: Point, ankle: Point, sway: Sway): Point {
  return { x: knee.x + (ankle.x - knee.x) * 0.28 - sway.trail * 5, y: knee.y + (ankle.y - knee.y) * 0.28 };
}

function drawSleeve(pen: Pen, shoulder: Point, elbow: Point, hand: Point, fill: string): void {
  const { inks } = pen;
  pen.flat(inks.skin, (ctx) => disc(ctx, hand.x, hand.y, 7));
  const cuff = { x: elbow.x + (hand.x - elbow.x) * 0.62, y: elbow.y + (hand.y - elbow.y) * 0.62 - 3 };
  pen.part(fill, inks.clothShade, (ctx) => {
    limb(ctx, shoulder, 9.5, elbow, 9);
    limb(ctx, elbow, 9, cuff, 11.5);
  });
}

function drawHead(pen: Pen, j: Joints): void {
  const { ctx, inks } = pen;
  pen.flat(inks.skin, (c) => limb(c, j.chest, 6, { x: j.head.x, y: j.head.y - 4 }, 6));
  ctx.save();
  ctx.translate(j.head.x, j.head.y);
  ctx.rotate(-j.tilt);
  pen.part(inks.skin, inks.skinShade, (c) => oval(c, 1, 0, 11, 12.5, 0));
  pen.mark(inks.dark, (c) => {
    polygon(c, -11, 8, -12, -4, -7, -10, -3, -1, -4, 8);
    disc(c, -9, -2, 5);
  });
  pen.mark(inks.line, (c) => oval(c, 7, 0.5, 1.7, 2.6, 0));
  pen.line(inks.line, 1.8, (c) => {
    c.moveTo(4, 5);
    c.lineTo(10, 4);
    c.moveTo(6, -6.5);
    c.lineTo(10, -6);
  });
  const brim = 27 * Math.max(0.5, Math.min(1, 2.1 - Math.abs(j.tilt)));
  // A gat: a wide brim of horsehair and a tall narrow crown.
  pen.flat(inks.dark, (c) => {
    polygon(c, -9, 8, 9, 8, 7, 25, -7, 25);
    oval(c, 0, 8, brim, 4.6, 0);
  });
  pen.mark(inks.cloth, (c) => polygon(c, -8.6, 10.5, 8.6, 10.5, 8.2, 14, -8.2, 14));
  ctx.restore();
}

/** A long tail of hair that trails behind. */
function drawHair(pen: Pen, j: Joints, sway: Sway): void {
  const root = { x: j.head.x - Math.cos(j.tilt) * 9, y: j.head.y + Math.sin(j.tilt) * 9 };
  const flutter = Math.sin(sway.clock / 9) * 3;
  const mid = {
    x: root.x - 8 - sway.trail * 15,
    y: Math.max(6, root.y - 22 - sway.lift * 14 + sway.trail * 8),
  };
  const end = {
    x: mid.x - 3 - sway.trail * 18 + flutter,
    y: Math.max(3, mid.y - 26 - sway.lift * 20 + sway.trail * 12),
  };
  pen.flat(pen.inks.dark, (ctx) => {
    limb(ctx, root, 7, mid, 6);
    limb(ctx, mid, 6, end, 1.6);
  });
}

function drawBrush(pen: Pen, j: Joints): void {
  const { inks } = pen;
  const { x, y } = j.nearHand;
  const at = (t: number): Point => ({ x: x + j.prop.x * t, y: y + j.prop.y * t });
  pen.flat(inks.wood, (ctx) => limb(ctx, at(-BRUSH_TAIL), 2.6, at(BRUSH_LENGTH - 22), 3.2));
  pen.flat(inks.dark, (ctx) => {
    limb(ctx, at(BRUSH_LENGTH - 20), 6.4, at(BRUSH_LENGTH - 8), 6);
    limb(ctx, at(BRUSH_LENGTH - 8), 6, at(BRUSH_LENGTH + 6), 0.8);
  });
  pen.mark(inks.cloth, (ctx) => limb(ctx, at(BRUSH_LENGTH - 25), 4.4, at(BRUSH_LENGTH - 21), 4.8));
}
