import { PLAYER_INKS } from '../../_stage/palette';
import { disc, limb, oval, polygon } from '../../_stage/shapes';
import { drawFace, drawShoulders } from './face';
import type { Person } from './person';

/** Garam: the horsehair hat, a long tail of hair, a white collar. */
export const garam: Person = {
  inks: PLAYER_INKS[0],
  field: '#3d8bff',
  body(pen) {
    pen.flat(pen.inks.dark, (ctx) => {
      limb(ctx, { x: -20, y: 4 }, 11, { x: -36, y: -26 }, 11);
      limb(ctx, { x: -36, y: -26 }, 11, { x: -42, y: -66 }, 6);
    });
    drawShoulders(pen, 42, 4, pen.inks.light);
  },
  head(pen, mood) {
    drawFace(pen, mood, { wide: 23, tall: 28, jaw: 0.1, brow: 3.4 });
    pen.mark(pen.inks.dark, (ctx) => {
      polygon(ctx, -24, 20, -25, -4, -17, -14, -13, 4, -6, 16, 10, 20);
    });
    pen.flat(pen.inks.dark, (ctx) => {
      polygon(ctx, -20, 17, 20, 17, 15, 55, -15, 55);
      oval(ctx, 0, 18, 54, 8, 0);
    });
    pen.mark(pen.inks.cloth, (ctx) => polygon(ctx, -18.4, 22.5, 18.4, 22.5, 17.2, 31, -17.2, 31));
  },
};

/** Bawi: bare shoulders as wide as the picture, a beard, a headband with ends. */
export const bawi: Person = {
  inks: PLAYER_INKS[1],
  field: '#ff5a36',
  body(pen) {
    const { inks } = pen;
    for (const y of [2, -10])
      pen.flat(inks.cloth, (ctx) => {
        limb(ctx, { x: -22, y: 16 }, 5, { x: -42, y: y + 12 }, 6);
        limb(ctx, { x: -42, y: y + 12 }, 6, { x: -56, y }, 6);
      });
    pen.part(inks.skin, inks.skinShade, (ctx) => {
      limb(ctx, { x: -42, y: -52 }, 24, { x: 40, y: -52 }, 24);
      limb(ctx, { x: -4, y: -10 }, 21, { x: 0, y: -44 }, 26);
    });
    pen.flat(inks.dark, (ctx) => polygon(ctx, -34, -32, -18, -26, -6, -72, -34, -72));
  },
  head(pen, mood) {
    const { inks } = pen;
    pen.flat(inks.dark, (ctx) => {
      limb(ctx, { x: -4, y: 26 }, 9, { x: -8, y: 42 }, 11);
    });
    drawFace(pen, mood, { wide: 26, tall: 27, jaw: 0.8, brow: 6.5 });
    pen.mark(inks.dark, (ctx) => {
      ctx.moveTo(-27, 4);
      ctx.lineTo(-16, -2);
      ctx.quadraticCurveTo(-6, -10, 4, -9);
      ctx.lineTo(22, -9);
      ctx.lineTo(25, 0);
      ctx.quadraticCurveTo(28, -26, 14, -35);
      ctx.quadraticCurveTo(-14, -38, -27, 4);
      ctx.closePath();
    });
    pen.line(inks.light, 3.4, (ctx) => {
      ctx.moveTo(5, -17);
      if (mood === 'glad') ctx.quadraticCurveTo(12, -22, 18, -15);
      else if (mood === 'angry') ctx.quadraticCurveTo(11, -13, 17, -18);
      else ctx.lineTo(17, mood === 'tired' ? -18 : -17);
    });
    pen.flat(inks.cloth, (ctx) => polygon(ctx, -27, 13, 26, 16, 24, 25, -24, 24));
  },
};

/** The Champion: a mask of ink over the eyes, a collar like two blades, a crest of rolled posters. */
export const geomun: Person = {
  inks: {
    ...PLAYER_INKS[0],
    cloth: '#2a2633',
    clothShade: '#14121a',
    dark: '#14121a',
    light: '#ffc53d',
    lightShade: '#b57900',
  },
  field: '#f4ecdc',
  body(pen) {
    const { inks } = pen;
    pen.flat(inks.cloth, (ctx) => {
      polygon(ctx, -52, 30, -20, -22, -50, -72, -60, -40);
      polygon(ctx, 54, 34, 22, -22, 48, -72, 60, -40);
    });
    pen.line(inks.light, 4, (ctx) => {
      ctx.moveTo(-49, 20);
      ctx.lineTo(-25, -22);
      ctx.moveTo(51, 23);
      ctx.lineTo(27, -22);
    });
    drawShoulders(pen, 46, 6);
    pen.flat(inks.light, (ctx) => disc(ctx, 5, -42, 10));
    pen.mark(inks.dark, (ctx) => disc(ctx, 5, -42, 4));
  },
  head(pen, mood) {
    const { inks } = pen;
    for (const [x, y] of [
      [-20, 44],
      [22, 46],
      [1, 58],
    ] as const)
      pen.flat(x === 1 ? inks.light : '#f4ecdc', (ctx) => limb(ctx, { x: x * 0.5, y: 18 }, 8, { x, y }, 8));
    drawFace(pen, mood, { wide: 23, tall: 28, jaw: 0.45, brow: 3.6 });
    pen.flat(inks.dark, (ctx) => {
      ctx.moveTo(-24, 22);
      ctx.lineTo(24, 24);
      ctx.lineTo(25, -3);
      ctx.quadraticCurveTo(16, -9, 11, -2);
      ctx.quadraticCurveTo(4, -11, -24, -3);
      ctx.closePath();
    });
    const lid = mood === 'tired' ? 1.8 : mood === 'glad' ? 2.2 : 3.6;
    const slant = mood === 'angry' ? -0.42 : mood === 'tired' ? 0.26 : -0.12;
    pen.mark('#f4ecdc', (ctx) => {
      oval(ctx, 2, 5, 5.4, lid, slant);
      oval(ctx, 18, 5, 4.6, lid, -slant);
    });
  },
};
