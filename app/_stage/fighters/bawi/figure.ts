import type { Pen } from '../../pen';
import { disc, limb, oval, polygon } from '../../shapes';
import type { Build, Joints, Point } from '../../skeleton';
import type { ItemLook } from '../../worn/looks';
import { drawWorn } from '../../worn/worn';
import type { Look, Sway } from '../look';
import { bawiPoses } from './poses';

const build: Build = {
  thigh: 41,
  shin: 40,
  trunk: 50,
  neck: 7,
  headRadius: 13,
  upperArm: 32,
  forearm: 32,
  hipRadius: 17,
  chestRadius: 27,
  shoulders: 26,
  foot: 19,
  ankle: 8,
  knee: 18,
  airHips: 80,
};

/** A quarryman as wide as a door: bare shoulders, wrapped fists, wide trousers, a headband with long ends. */
export const bawi: Look = { build, poses: bawiPoses, propLength: 0, draw };

function draw(pen: Pen, j: Joints, sway: Sway, worn: readonly ItemLook[]): void {
  const { inks } = pen;
  drawWorn(pen, j, sway, build, worn, 'behind');
  drawArm(pen, j.farShoulder, j.farElbow, j.farHand, inks.skinShade);
  drawTails(pen, j, sway);
  drawLeg(pen, j.farHip, j.farKnee, j.farAnkle, j.farToe, inks.clothShade);
  drawTrunk(pen, j);
  drawLeg(pen, j.nearHip, j.nearKnee, j.nearAnkle, j.nearToe, inks.cloth, j.hips);
  drawBelt(pen, j);
  drawHead(pen, j);
  drawWorn(pen, j, sway, build, worn, 'body');
  drawArm(pen, j.nearShoulder, j.nearElbow, j.nearHand, inks.skin);
  drawWorn(pen, j, sway, build, worn, 'over');
}

function drawLeg(
  pen: Pen,
  hip: Point,
  knee: Point,
  ankle: Point,
  toe: Point,
  fill: string,
  seat?: Point,
): void {
  const { inks } = pen;
  pen.flat(inks.dark, (ctx) => limb(ctx, ankle, 9, toe, 5.5));
  const cuff = { x: knee.x + (ankle.x - knee.x) * 0.56, y: knee.y + (ankle.y - knee.y) * 0.56 };
  const shoe = { x: knee.x + (ankle.x - knee.x) * 0.84, y: knee.y + (ankle.y - knee.y) * 0.84 };
  pen.flat(inks.light, (ctx) => limb(ctx, cuff, 9.5, shoe, 8));
  pen.part(fill, inks.clothShade, (ctx) => {
    limb(ctx, hip, 18, knee, 18);
    limb(ctx, knee, 18, cuff, 12.5);
    if (seat !== undefined) limb(ctx, seat, 19, hip, 18);
  });
}

function drawTrunk(pen: Pen, j: Joints): void {
  const { inks } = pen;
  const along = { x: Math.sin(j.trunk), y: Math.cos(j.trunk) };
  const side = { x: along.y, y: -along.x };
  pen.part(inks.skin, inks.skinShade, (ctx) => {
    limb(ctx, j.hips, 17, j.chest, 25);
    limb(ctx, j.nearShoulder, 18, j.farShoulder, 16);
  });
  // Muscle and an open vest, in two strokes.
  pen.mark(inks.dark, (ctx) => {
    const back = -1;
    polygon(
      ctx,
      j.chest.x + side.x * 23 * back + along.x * 16,
      j.chest.y + side.y * 23 * back + along.y * 16,
      j.chest.x + side.x * 5 * back + along.x * 21,
      j.chest.y + side.y * 5 * back + along.y * 21,
      j.hips.x + side.x * 2 * back + along.x * 12,
      j.hips.y + side.y * 2 * back + along.y * 12,
      j.hips.x + side.x * 16 * back + along.x * 8,
      j.hips.y + side.y * 16 * back + along.y * 8,
    );
  });
  pen.line(inks.line, 2.4, (ctx) => {
    ctx.moveTo(j.chest.x + side.x * 4 - along.x * 5, j.chest.y + side.y * 4 - along.y * 5);
    ctx.lineTo(j.chest.x + side.x * 19 - along.x * 7, j.chest.y + side.y * 19 - along.y * 7);
    ctx.moveTo(j.chest.x + side.x * 12 - along.x * 19, j.chest.y + side.y * 12 - along.y * 19);
    ctx.lineTo(j.chest.x + side.x * 17 - along.x * 20, j.chest.y + side.y * 17 - along.y * 20);
  });
}

function drawBelt(pen: Pen, j: Joints): void {
  const { inks } = pen;
  const along = { x: Math.sin(j.trunk), y: Math.cos(j.trunk) };
  const side = { x: along.y, y: -along.x };
  pen.flat(inks.light, (ctx) => {
    const waist = { x: j.hips.x + along.x * 15, y: j.hips.y + along.y * 15 };
    const a = { x: waist.x - side.x * 14, y: waist.y - side.y * 14 };
    const b = { x: waist.x + side.x * 16, y: waist.y + side.y * 16 };
    limb(ctx, a, 5, b, 5);
    limb(ctx, b, 4, { x: b.x + 4, y: b.y - 20 }, 3);
  });
}

function drawArm(pen: Pen, shoulder: Point, elbow: Point, hand: Point, fill: string): void {
  const { inks } = pen;
  const wrist = { x: elbow.x + (hand.x - elbow.x) * 0.4, y: elbow.y + (hand.y - elbow.y) * 0.4 };
  const dx = (hand.x - wrist.x) / 19;
  const dy = (hand.y - wrist.y) / 19;
  pen.part(fill, inks.skinShade, (ctx) => {
    limb(ctx, shoulder, 17, elbow, 11.5);
    limb(ctx, elbow, 11.5, wrist, 12);
  });
  pen.flat(inks.light, (ctx) => {
    limb(ctx, wrist, 10.5, hand, 10);
  });
  pen.flat(fill, (ctx) => disc(ctx, hand.x + dx * 3, hand.y + dy * 3, 12));
  pen.line(inks.line, 2, (ctx) => {
    for (let i = 0; i < 2; i += 1) {
      const x = wrist.x + dx * (1 + i * 6);
      const y = wrist.y + dy * (1 + i * 6);
      ctx.moveTo(x - dy * 9, y + dx * 9);
      ctx.lineTo(x + dy * 7 + dx * 3, y - dx * 7 + dy * 3);
    }
  });
}

function drawHead(pen: Pen, j: Joints): void {
  const { ctx, inks } = pen;
  pen.flat(inks.skin, (c) => limb(c, j.chest, 14, { x: j.head.x - 2, y: j.head.y - 5 }, 11));
  ctx.save();
  ctx.translate(j.head.x, j.head.y);
  ctx.rotate(-j.tilt);
  pen.flat(inks.dark, (c) => {
    limb(c, { x: -4, y: 12 }, 5, { x: -7, y: 20 }, 6);
  });
  pen.part(inks.skin, inks.skinShade, (c) => oval(c, 1, 0, 13, 13.5, 0));
  // Beard and brow.
  pen.mark(inks.dark, (c) => {
    polygon(c, -10, 1, -2, -3, 7, -3.5, 13, -4, 11, -13, 3, -19, -6, -14, -11, -7);
    polygon(c, 3, 5, 13, 3.4, 13, 6.4, 4, 8);
  });
  pen.mark(inks.line, (c) => oval(c, 8.5, 1.6, 1.8, 2.2, 0));
  pen.flat(inks.cloth, (c) => polygon(c, -12.5, 6, 12, 8, 11, 13, -11.5, 11.5));
  ctx.restore();
}

/** The ends of the headband. */
function drawTails(pen: Pen, j: Joints, sway: Sway): void {
  const root = {
    x: j.head.x - Math.cos(j.tilt) * 11 + Math.sin(j.tilt) * 8,
    y: j.head.y + Math.sin(j.tilt) * 11 + Math.cos(j.tilt) * 8,
  };
  for (let i = 0; i < 2; i += 1) {
    const flutter = Math.sin(sway.clock / 6 + i * 2) * 3;
    const mid = {
      x: root.x - 16 - sway.trail * 8,
      y: Math.max(5, root.y - 8 - i * 7 - sway.lift * 10 + sway.trail * 6 + flutter),
    };
    const end = {
      x: mid.x - 14 - sway.trail * 12,
      y: Math.max(4, mid.y - 12 - i * 5 - sway.lift * 14 + sway.trail * 12 - flutter),
    };
    pen.flat(pen.inks.cloth, (ctx) => {
      limb(ctx, root, 3, mid, 3.6);
      limb(ctx, mid, 3.6, end, 4);
    });
  }
}
