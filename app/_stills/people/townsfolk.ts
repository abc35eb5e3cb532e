import { disc, limb, oval, polygon } from '../../_stage/shapes';
import { drawFace, drawShoulders } from './face';
import { inksOf, type Person } from './person';

/** Nari, market porter: a head cloth with a knot, and the load on her carrying frame above it all. */
export const nari: Person = {
  inks: inksOf('#ffc53d', '#b57900'),
  field: '#8a4fa8',
  body(pen) {
    const { inks } = pen;
    pen.flat(inks.wood, (ctx) => {
      limb(ctx, { x: -46, y: -72 }, 4.5, { x: -34, y: 50 }, 3.6);
      limb(ctx, { x: 40, y: -72 }, 4.5, { x: 30, y: 50 }, 3.6);
    });
    pen.part('#f4ecdc', '#b9ab94', (ctx) => {
      ctx.roundRect(-50, 14, 94, 28, 12);
    });
    pen.flat('#ff5a36', (ctx) => ctx.roundRect(-36, 38, 66, 18, 8));
    pen.line(inks.line, 3.4, (ctx) => {
      ctx.moveTo(-18, 12);
      ctx.lineTo(-18, 56);
      ctx.moveTo(14, 12);
      ctx.lineTo(14, 56);
    });
    drawShoulders(pen, 44, 2);
    pen.line(inks.wood, 8, (ctx) => {
      ctx.moveTo(-28, -30);
      ctx.lineTo(-22, -70);
      ctx.moveTo(30, -32);
      ctx.lineTo(26, -70);
    });
  },
  head(pen, mood) {
    const { inks } = pen;
    drawFace(pen, mood, { wide: 24, tall: 26, jaw: 0.35, brow: 4.6 });
    pen.part('#f4ecdc', '#b9ab94', (ctx) => {
      ctx.moveTo(-26, 6);
      ctx.bezierCurveTo(-30, 40, 28, 42, 25, 13);
      ctx.quadraticCurveTo(0, 22, -26, 6);
      ctx.closePath();
    });
    pen.flat('#f4ecdc', (ctx) => {
      limb(ctx, { x: -24, y: 10 }, 6, { x: -40, y: 2 }, 7);
      limb(ctx, { x: -24, y: 8 }, 5, { x: -34, y: -10 }, 6);
    });
    pen.mark(inks.dark, (ctx) => oval(ctx, -18, 0, 4, 9, 0.1));
  },
};

/** Sora, roof runner: hair that stands in the wind, goggles on the brow, a scarf that flies. */
export const sora: Person = {
  inks: inksOf('#46c98b', '#1f7a50'),
  field: '#ffc53d',
  body(pen) {
    const { inks } = pen;
    pen.flat('#ff5a36', (ctx) => {
      limb(ctx, { x: -8, y: -28 }, 8, { x: -40, y: -18 }, 8);
      limb(ctx, { x: -40, y: -18 }, 8, { x: -62, y: -2 }, 4);
      limb(ctx, { x: -8, y: -32 }, 7, { x: -38, y: -40 }, 7);
      limb(ctx, { x: -38, y: -40 }, 7, { x: -60, y: -34 }, 4);
    });
    drawShoulders(pen, 34, 8);
    pen.flat('#ff5a36', (ctx) => limb(ctx, { x: -13, y: -26 }, 9, { x: 17, y: -27 }, 9));
    pen.line(inks.line, 2.4, (ctx) => {
      ctx.moveTo(-4, -22);
      ctx.lineTo(-1, -34);
    });
  },
  head(pen, mood) {
    const { inks } = pen;
    pen.flat(inks.dark, (ctx) => {
      polygon(
        ctx,
        -20,
        2,
        -44,
        8,
        -24,
        14,
        -50,
        28,
        -22,
        26,
        -38,
        50,
        -8,
        34,
        -8,
        56,
        10,
        34,
        26,
        44,
        25,
        16,
        24,
        8,
      );
    });
    drawFace(pen, mood, { wide: 22, tall: 26, jaw: 0.1, brow: 3.2 });
    pen.mark(inks.dark, (ctx) => polygon(ctx, -23, 16, -24, -6, -16, -12, -14, 10, -4, 14));
    pen.flat(inks.dark, (ctx) => limb(ctx, { x: -20, y: 20 }, 6, { x: 22, y: 21 }, 6));
    pen.flat('#9ecbff', (ctx) => {
      oval(ctx, 3, 21, 8.5, 7, 0);
      oval(ctx, 20, 21, 7, 7, 0);
    });
  },
};

/** Mungchi, ferryman: a cone of straw as wide as he is, no neck, an oar on the shoulder. */
export const mungchi: Person = {
  inks: inksOf('#6f86a8', '#3f526f'),
  field: '#46c98b',
  body(pen) {
    const { inks } = pen;
    pen.flat(inks.wood, (ctx) => {
      limb(ctx, { x: 30, y: -72 }, 4.4, { x: 50, y: 28 }, 4.4);
      limb(ctx, { x: 50, y: 28 }, 9, { x: 55, y: 52 }, 10);
    });
    pen.part(inks.cloth, inks.clothShade, (ctx) => {
      limb(ctx, { x: -32, y: -46 }, 28, { x: 30, y: -46 }, 28);
      ctx.rect(-50, -72, 100, 20);
    });
    pen.line(inks.light, 6, (ctx) => {
      ctx.moveTo(-18, -24);
      ctx.lineTo(6, -58);
      ctx.moveTo(20, -24);
      ctx.lineTo(4, -54);
    });
  },
  head(pen, mood) {
    const { inks } = pen;
    drawFace(pen, mood, { wide: 30, tall: 27, jaw: 1, brow: 6 });
    pen.mark(inks.dark, (ctx) => {
      polygon(ctx, 1, -8, 12, -6, 24, -8, 26, -17, 20, -12, 10, -11, 3, -13, -5, -19);
    });
    pen.part('#e3bd6b', '#a97c33', (ctx) => {
      ctx.moveTo(-58, 17);
      ctx.quadraticCurveTo(-20, 38, -3, 59);
      ctx.lineTo(5, 59);
      ctx.quadraticCurveTo(22, 38, 58, 17);
      ctx.ellipse(0, 17, 58, 6, 0, 0, Math.PI, true);
      ctx.closePath();
    });
    pen.line('#a97c33', 3, (ctx) => {
      for (const x of [-36, -18, 0, 18, 36]) {
        ctx.moveTo(x * 0.1 + 1, 53);
        ctx.quadraticCurveTo(x * 0.5, 36, x, 15);
      }
    });
    pen.line(inks.line, 2.6, (ctx) => {
      ctx.moveTo(-27, 4);
      ctx.quadraticCurveTo(-24, -20, -2, -28);
    });
  },
};

function twin(side: 1 | -1, cloth: string, shade: string, field: string): Person {
  return {
    inks: inksOf(cloth, shade),
    field,
    body(pen) {
      const { inks } = pen;
      drawShoulders(pen, 36, 6, inks.light);
      pen.ctx.save();
      pen.ctx.scale(side, 1);
      if (side > 0)
        pen.part(inks.light, inks.lightShade, (ctx) => {
          polygon(ctx, -58, -24, -18, -36, -10, -72, -62, -72);
        });
      else
        pen.part(inks.light, inks.lightShade, (ctx) => {
          limb(ctx, { x: -30, y: -66 }, 12, { x: -50, y: 8 }, 12);
        });
      pen.line(inks.line, 3, (ctx) => {
        if (side > 0) {
          ctx.moveTo(-52, -34);
          ctx.lineTo(-22, -43);
          ctx.moveTo(-52, -46);
          ctx.lineTo(-22, -54);
        } else {
          ctx.moveTo(-48, -28);
          ctx.lineTo(-30, -26);
          ctx.arc(-50, 8, 6, 0, 6.3);
        }
      });
      pen.ctx.restore();
    },
    head(pen, mood) {
      const { inks } = pen;
      pen.flat(inks.dark, (ctx) => {
        if (side > 0) limb(ctx, { x: -14, y: 8 }, 12, { x: -20, y: -10 }, 8);
        else {
          disc(ctx, -26, -14, 8);
          disc(ctx, -31, -27, 7);
          disc(ctx, -34, -39, 5);
        }
      });
      drawFace(pen, mood, { wide: 23, tall: 25, jaw: 0.2, brow: 3.4 });
      pen.mark(inks.dark, (ctx) => polygon(ctx, -24, 18, -24, -3, -16, -6, -12, 10, 8, 15, 24, 12, 20, 24));
      if (side > 0) drawPaperHat(pen);
      else drawCap(pen);
    },
  };
}

/** A hat folded from yesterday's paper. */
function drawPaperHat(pen: Parameters<Person['body']>[0]): void {
  const { inks } = pen;
  pen.part(inks.light, inks.lightShade, (ctx) => polygon(ctx, -30, 16, 0, 56, 30, 16));
  pen.flat(inks.light, (ctx) => polygon(ctx, -37, 13, 37, 13, 30, 26, -30, 26));
  pen.line(inks.line, 2.6, (ctx) => {
    ctx.moveTo(-22, 19);
    ctx.lineTo(18, 19);
    ctx.moveTo(-6, 34);
    ctx.lineTo(8, 34);
  });
}

/** A flat cap, its peak to the front. */
function drawCap(pen: Parameters<Person['body']>[0]): void {
  const { inks } = pen;
  pen.part(inks.cloth, inks.clothShade, (ctx) => {
    ctx.moveTo(-32, 14);
    ctx.bezierCurveTo(-44, 44, 24, 50, 30, 18);
    ctx.closePath();
  });
  pen.flat(inks.clothShade, (ctx) => limb(ctx, { x: 8, y: 17 }, 5, { x: 44, y: 13 }, 4));
  pen.flat(inks.light, (ctx) => disc(ctx, -4, 38, 4.5));
}

/** The twins who sell the paper: the one with the paper hat, and the one with the cap. */
export const ssangdunLeft = twin(1, '#2fb3b3', '#176a6a', '#ff5a36');
export const ssangdunRight = twin(-1, '#e8739c', '#97355c', '#3d8bff');
