import { disc, limb, oval, polygon } from '../../_stage/shapes';
import { drawFace, drawShoulders } from './face';
import { inksOf, type Person } from './person';

/** Teacher Baek: a hat with three peaks, and a beard down to where the picture ends. */
export const baek: Person = {
  inks: inksOf('#f4ecdc', '#b9ab94', { light: '#ffffff' }),
  field: '#2f8f68',
  body(pen) {
    drawShoulders(pen, 40, 8, pen.inks.dark);
  },
  head(pen, mood) {
    const { inks } = pen;
    pen.flat(inks.dark, (ctx) => {
      polygon(ctx, -28, 16, 28, 16, 36, 50, 16, 38, 0, 58, -16, 38, -36, 50);
    });
    pen.line('#5c5570', 3, (ctx) => {
      ctx.moveTo(-14, 18);
      ctx.lineTo(-17, 36);
      ctx.moveTo(0, 18);
      ctx.lineTo(0, 50);
      ctx.moveTo(14, 18);
      ctx.lineTo(17, 36);
    });
    drawFace(pen, mood, { wide: 22, tall: 27, jaw: 0.2, brow: 6.4, browInk: '#b9ab94' });
    pen.part('#ffffff', '#b9ab94', (ctx) => {
      ctx.moveTo(-14, -14);
      ctx.quadraticCurveTo(0, -10, 6, -18);
      ctx.lineTo(14, -18);
      ctx.quadraticCurveTo(18, -10, 22, -12);
      ctx.quadraticCurveTo(24, -44, 8, -66);
      ctx.quadraticCurveTo(-16, -44, -14, -14);
      ctx.closePath();
    });
    pen.flat('#ffffff', (ctx) => {
      limb(ctx, { x: 11, y: -10 }, 4, { x: -6, y: -17 }, 2);
      limb(ctx, { x: 12, y: -10 }, 4, { x: 25, y: -16 }, 2);
    });
    pen.flat(inks.dark, (ctx) => limb(ctx, { x: -25, y: 17 }, 5, { x: 25, y: 18 }, 5));
  },
};

/** Han, mistress of the Press House: plaits piled as high as a hat, a long pin through them, a glass in one eye. */
export const han: Person = {
  inks: inksOf('#8a4fa8', '#57306d'),
  field: '#ffc53d',
  body(pen) {
    drawShoulders(pen, 38, 10, pen.inks.light);
    pen.flat('#ff5a36', (ctx) => {
      polygon(ctx, 0, -48, 12, -48, 18, -72, 4, -72);
      polygon(ctx, 2, -48, -6, -72, 4, -72, 10, -50);
    });
  },
  head(pen, mood) {
    const { inks } = pen;
    pen.flat('#ffc53d', (ctx) => limb(ctx, { x: -56, y: 44 }, 4.5, { x: 52, y: 30 }, 2.4));
    pen.flat('#ffc53d', (ctx) => disc(ctx, -55, 44, 7.5));
    pen.flat(inks.dark, (ctx) => {
      oval(ctx, -2, 34, 38, 17, 0.06);
      oval(ctx, -4, 46, 26, 12, 0.1);
      oval(ctx, -20, 10, 12, 20, 0.2);
    });
    pen.line('#5c5570', 3.4, (ctx) => {
      for (const x of [-24, -10, 4, 18]) {
        ctx.moveTo(x - 7, 24);
        ctx.quadraticCurveTo(x + 5, 34, x - 2, 46);
      }
      ctx.moveTo(-22, 48);
      ctx.quadraticCurveTo(-4, 42, 14, 52);
    });
    drawFace(pen, mood, { wide: 21, tall: 27, jaw: 0, brow: 3.2 });
    pen.mark(inks.dark, (ctx) => {
      polygon(ctx, -23, 20, -23, -2, -17, -6, -10, 12, 6, 18, 22, 11, 20, 24);
    });
    if (mood === 'calm') pen.mark('#d93a18', (ctx) => oval(ctx, 10.5, -14, 5, 2.6, 0));
    for (const [ink, width] of [
      [inks.line, 5.6],
      ['#ffc53d', 2.8],
    ] as const)
      pen.line(ink, width, (ctx) => {
        oval(ctx, 18, 1, 7.8, 7.8, 0);
        ctx.moveTo(22, -6);
        ctx.quadraticCurveTo(27, -20, 18, -36);
      });
    pen.flat('#46c98b', (ctx) => disc(ctx, -20, -12, 3.4));
  },
};
