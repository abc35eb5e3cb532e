import { garam } from '../_stage/fighters/garam/figure';
import type { Sway } from '../_stage/fighters/look';
import { GOLD, PLAYER_COLOURS, PLAYER_INKS } from '../_stage/palette';
import type { Pen } from '../_stage/pen';
import { burst, disc, limb, polygon } from '../_stage/shapes';
import { createJoints, type Joints } from '../_stage/skeleton';
import type { ItemLook } from '../_stage/worn/looks';
import { CHARM, IRON, IRON_SHADE, SEAL, STONE, STONE_SHADE } from '../_stage/worn/tint';
import { drawWorn } from '../_stage/worn/worn';
import type { ItemKind } from './item-kinds';
import { penOf } from './pens';

export interface ItemIconOptions {
  /** Width and height, in the context's own pixels. */
  readonly size: number;
  readonly kind: ItemKind;
  /** What it looks like on a fighter; without one the kind's own sign is drawn. */
  readonly look?: ItemLook;
}

const NO_WIND: Sway = { trail: 0.2, lift: 0, clock: 0 };

/** Draws an item's icon over (0, 0, size, size), on nothing. Pixels with y downwards. */
export function drawItemIcon(ctx: CanvasRenderingContext2D, options: ItemIconOptions): void {
  const { size, kind, look } = options;
  const pen = penOf(ctx);
  ctx.save();
  ctx.translate(size / 2, size / 2);
  ctx.scale(size / 100, -size / 100);
  pen.inks = PLAYER_INKS[0];
  drawTile(pen, kind);
  if (look === undefined || look === 'none') SIGNS[kind](pen);
  else ICONS[look](pen);
  ctx.restore();
}

function drawTile(pen: Pen, kind: ItemKind): void {
  if (kind === 'boost') pen.part(PLAYER_COLOURS[0], '#a82f16', (ctx) => burst(ctx, 0, 0, 38, 50, 15, 2));
  else if (kind === 'costume')
    pen.part(PLAYER_COLOURS[1], '#1a4796', (ctx) => ctx.roundRect(-43, -43, 86, 86, 12));
  else pen.part(GOLD, '#b57900', (ctx) => disc(ctx, 0, 0, 44));
}

const SIGNS: Readonly<Record<ItemKind, (pen: Pen) => void>> = {
  boost(pen) {
    for (const y of [-22, 2])
      pen.flat(pen.inks.light, (ctx) =>
        polygon(ctx, -24, y, 0, y + 22, 24, y, 24, y - 10, 0, y + 10, -24, y - 10),
      );
  },
  costume(pen) {
    pen.part(pen.inks.light, pen.inks.lightShade, (ctx) =>
      polygon(ctx, -12, 28, 12, 28, 36, 14, 28, -2, 18, 2, 22, -32, -22, -32, -18, 2, -28, -2, -36, 14),
    );
    pen.line(pen.inks.line, 4, (ctx) => {
      ctx.moveTo(-10, 26);
      ctx.lineTo(4, -4);
      ctx.moveTo(10, 26);
      ctx.lineTo(0, 2);
    });
  },
  token(pen) {
    pen.line(pen.inks.line, 3.6, (ctx) => disc(ctx, 0, 0, 33));
    pen.flat(pen.inks.dark, (ctx) => ctx.rect(-11, -11, 22, 22));
  },
};

/** Draws a thing as a fighter wears it, on joints that hold nothing else. */
function asWorn(look: ItemLook, zoom: number, x: number, y: number, place: (joints: Joints) => void) {
  const joints = createJoints();
  place(joints);
  return (pen: Pen): void => {
    const { ctx } = pen;
    ctx.save();
    ctx.scale(zoom, zoom);
    ctx.translate(x, y);
    for (const layer of ['behind', 'body', 'over'] as const)
      drawWorn(pen, joints, NO_WIND, garam.build, [look], layer);
    ctx.restore();
  };
}

const ICONS: Readonly<Record<ItemLook, (pen: Pen) => void>> = {
  sash: asWorn('sash', 1.02, 22, -62, (joints) => {
    joints.hips.y = 74;
  }),
  'straw-hat': asWorn('straw-hat', 1.12, 0, -25, () => {}),
  'ink-brush': asWorn('ink-brush', 0.66, 6, -10, () => {}),
  'stone-ring'(pen) {
    pen.part(STONE, STONE_SHADE, (ctx) => {
      disc(ctx, 0, 0, 31);
      ctx.moveTo(15, 0);
      ctx.arc(0, 0, 15, 0, Math.PI * 2, true);
    });
    pen.line(pen.inks.line, 4.4, (ctx) => disc(ctx, 0, 0, 15));
    pen.line(pen.inks.light, 4, (ctx) => ctx.arc(0, 0, 23, 1.9, 2.9));
  },
  'paper-charm'(pen) {
    pen.part(CHARM, '#c99a2e', (ctx) => polygon(ctx, -17, 36, 19, 34, 16, -36, -19, -33));
    pen.flat(SEAL, (ctx) => ctx.rect(-8, 15, 17, 13));
    pen.line(SEAL, 4.6, (ctx) => {
      ctx.moveTo(0, 8);
      ctx.lineTo(-1, -25);
      for (const y of [2, -8, -18]) {
        ctx.moveTo(-10, y);
        ctx.lineTo(9, y - 3);
      }
    });
  },
  'iron-clogs'(pen) {
    for (const [x, y, iron] of [
      [5, 12, IRON_SHADE],
      [-5, -14, IRON],
    ] as const) {
      pen.part(iron, '#2a2633', (ctx) =>
        polygon(
          ctx,
          x - 33,
          y + 8,
          x + 22,
          y + 8,
          x + 34,
          y,
          x + 32,
          y - 14,
          x + 16,
          y - 14,
          x + 16,
          y - 5,
          x - 10,
          y - 5,
          x - 10,
          y - 14,
          x - 30,
          y - 14,
        ),
      );
      pen.line('#ff5a36', 5, (ctx) => {
        ctx.moveTo(x - 20, y + 9);
        ctx.quadraticCurveTo(x - 6, y + 24, x + 14, y + 9);
      });
    }
  },
  'gold-ribbon'(pen) {
    pen.flat(GOLD, (ctx) => {
      limb(ctx, { x: 0, y: 6 }, 6, { x: -18, y: -34 }, 9);
      limb(ctx, { x: 0, y: 6 }, 6, { x: 18, y: -34 }, 9);
    });
    pen.part(GOLD, '#b57900', (ctx) => {
      limb(ctx, { x: 0, y: 8 }, 6, { x: -25, y: 20 }, 14);
      limb(ctx, { x: 0, y: 8 }, 6, { x: 25, y: 20 }, 14);
    });
    pen.flat('#b57900', (ctx) => disc(ctx, 0, 8, 9));
  },
  none: () => {},
};
