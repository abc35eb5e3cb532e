import type { Pen } from '../../_stage/pen';
import { disc, limb, oval } from '../../_stage/shapes';
import type { Mood } from '../ids';

export interface Face {
  /** Half its width and height. */
  readonly wide: number;
  readonly tall: number;
  /** How square the jaw is, 0 to 1. */
  readonly jaw: number;
  /** Thickness of a brow. */
  readonly brow: number;
  /** Colour of the brows, where it isn't that of the hair. */
  readonly browInk?: string;
}

/** Ends of the near brow, inner then outer, above the eyes. */
const BROWS: Readonly<Record<Mood, readonly [number, number]>> = {
  calm: [0, 1],
  angry: [-4.5, 4.5],
  glad: [4, 3.4],
  tired: [3, -2.6],
};

/** Head, ear, eyes, brows, nose and mouth in a mood, looking to the right. */
export function drawFace(pen: Pen, mood: Mood, face: Face): void {
  const { inks } = pen;
  const { wide, tall, jaw } = face;
  pen.part(inks.skin, inks.skinShade, (ctx) => {
    ctx.moveTo(-wide, 4);
    ctx.bezierCurveTo(-wide, tall * 1.02, wide, tall * 1.02, wide, 4);
    ctx.bezierCurveTo(wide, -tall * (0.5 + jaw * 0.3), wide * (0.5 + jaw * 0.35), -tall, wide * 0.22, -tall);
    ctx.bezierCurveTo(-wide * (0.3 + jaw * 0.4), -tall, -wide, -tall * (0.45 + jaw * 0.3), -wide, 4);
    ctx.closePath();
  });
  pen.flat(inks.skin, (ctx) => oval(ctx, -wide * 0.94, -2, 4.6, 6.6, 0));
  drawEyes(pen, mood);
  drawBrows(pen, mood, face);
  pen.line(inks.skinShade, 3, (ctx) => {
    ctx.moveTo(14, 0);
    ctx.quadraticCurveTo(18.6, -6.5, 13, -7.5);
  });
  drawMouth(pen, mood);
}

function drawEyes(pen: Pen, mood: Mood): void {
  const { inks } = pen;
  for (const x of [3, wideApart]) {
    if (mood === 'glad') pen.line(inks.line, 3.2, (ctx) => ctx.arc(x, -0.5, 4.4, 0.35, Math.PI - 0.35));
    else {
      pen.mark(inks.line, (ctx) => oval(ctx, x, 1, 2.9, mood === 'tired' ? 2.6 : 4, 0));
      if (mood === 'tired')
        pen.line(inks.line, 2.4, (ctx) => {
          ctx.moveTo(x - 5, 3.4);
          ctx.lineTo(x + 4.6, 2.6);
        });
    }
  }
}

const wideApart = 18;

function drawBrows(pen: Pen, mood: Mood, face: Face): void {
  const [inner, outer] = BROWS[mood];
  const y = 11;
  pen.line(face.browInk ?? pen.inks.line, face.brow, (ctx) => {
    ctx.moveTo(-3, y + outer);
    ctx.lineTo(7, y + inner);
    ctx.moveTo(14.5, y + inner);
    ctx.lineTo(21.5, y + outer);
  });
}

function drawMouth(pen: Pen, mood: Mood): void {
  const { inks } = pen;
  if (mood === 'glad') {
    pen.flat(inks.light, (ctx) => {
      ctx.moveTo(2, -12);
      ctx.lineTo(18, -12);
      ctx.quadraticCurveTo(11, -22, 2, -12);
      ctx.closePath();
    });
    return;
  }
  pen.line(inks.line, 3, (ctx) => {
    ctx.moveTo(5, mood === 'angry' ? -16 : -14.5);
    if (mood === 'angry') ctx.quadraticCurveTo(11, -12, 16, -16);
    else if (mood === 'tired') ctx.quadraticCurveTo(10, -12.6, 15, -16);
    else ctx.lineTo(15, -14);
  });
  if (mood === 'tired')
    pen.flat('#9ecbff', (ctx) => {
      disc(ctx, -11, 3, 3.6);
      limb(ctx, { x: -11, y: 3 }, 3.4, { x: -10, y: 12 }, 0.6);
    });
}

/** Neck and shoulders under a coat; `half` is how broad they are at the lower edge. */
export function drawShoulders(pen: Pen, half: number, slope: number, collar?: string): void {
  const { inks } = pen;
  pen.part(inks.cloth, inks.clothShade, (ctx) => {
    ctx.moveTo(-half, -72);
    ctx.bezierCurveTo(-half, -30 - slope, -half * 0.6, -22 - slope * 0.4, -12, -20);
    ctx.lineTo(14, -20);
    ctx.bezierCurveTo(half * 0.66, -22 - slope * 0.4, half, -32 - slope, half, -72);
    ctx.closePath();
  });
  pen.flat(inks.skin, (ctx) => limb(ctx, { x: 0, y: -10 }, 10, { x: 2, y: -30 }, 10));
  if (collar !== undefined)
    pen.line(collar, 6, (ctx) => {
      ctx.moveTo(-12, -24);
      ctx.lineTo(8, -52);
      ctx.moveTo(16, -24);
      ctx.lineTo(4, -46);
    });
}
