import { characterById, moveOf } from '../../engine/fighter/characters/roster';
import type { Box, TimedBox } from '../../engine/fighter/characters/types';
import { bodyBox, currentMove, isUntouchable } from '../../engine/fighter/collision';
import { SUB } from '../../engine/fighter/rules';
import { at, Fighter, PLAYER_1, PLAYER_2 } from '../../engine/fighter/state';

/** Red strikes, green can be struck, a green outline alone can't at the moment; grey is what bodies push with. */
const HIT = { fill: 'rgb(255 77 109 / 0.4)', line: '#ff4d6d' };
const HURT = { fill: 'rgb(70 203 139 / 0.28)', line: '#46c98b' };
const PUSH_LINE = 'rgb(244 236 220 / 0.7)';

/** Draws every box that counts in this state. Expects stage units with y upwards. */
export function drawBoxes(ctx: CanvasRenderingContext2D, state: Int32Array): void {
  ctx.lineWidth = 1.5;
  for (const player of [PLAYER_1, PLAYER_2]) {
    const { stats } = characterById(at(state, player + Fighter.CHARACTER));
    const push = { x1: -stats.halfWidth, x2: stats.halfWidth, y1: 0, y2: stats.height };
    drawBox(ctx, state, player, push, undefined, PUSH_LINE);
    drawHurt(ctx, state, player, bodyBox(state, player));
    const move = currentMove(state, player);
    for (const limb of move?.limbs ?? []) if (isOut(state, player, limb)) drawHurt(ctx, state, player, limb);
    for (const box of move?.hitboxes ?? [])
      if (isOut(state, player, box)) drawBox(ctx, state, player, box, HIT.fill, HIT.line);
    drawShot(ctx, state, player);
  }
}

function drawHurt(ctx: CanvasRenderingContext2D, state: Int32Array, player: number, box: Box): void {
  drawBox(ctx, state, player, box, isUntouchable(state, player) ? undefined : HURT.fill, HURT.line);
}

function drawShot(ctx: CanvasRenderingContext2D, state: Int32Array, player: number): void {
  const slot = at(state, player + Fighter.SHOT_SLOT);
  if (slot === 0) return;
  const shot = moveOf(characterById(at(state, player + Fighter.CHARACTER)), slot).projectile;
  if (!shot) return;
  const x = at(state, player + Fighter.SHOT_X) / SUB;
  const y = at(state, player + Fighter.SHOT_Y) / SUB;
  paint(
    ctx,
    x - shot.halfWidth,
    y - shot.halfHeight,
    shot.halfWidth * 2,
    shot.halfHeight * 2,
    HIT.fill,
    HIT.line,
  );
}

function drawBox(
  ctx: CanvasRenderingContext2D,
  state: Int32Array,
  player: number,
  box: Box,
  fill: string | undefined,
  line: string,
): void {
  const x = at(state, player + Fighter.X) / SUB;
  const y = at(state, player + Fighter.Y) / SUB;
  const left = at(state, player + Fighter.FACING) > 0 ? box.x1 : -box.x2;
  paint(ctx, x + left, y + box.y1, box.x2 - box.x1, box.y2 - box.y1, fill, line);
}

function paint(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string | undefined,
  line: string,
): void {
  if (fill) {
    ctx.fillStyle = fill;
    ctx.fillRect(x, y, width, height);
  }
  ctx.strokeStyle = line;
  ctx.strokeRect(x, y, width, height);
}

function isOut(state: Int32Array, player: number, box: TimedBox): boolean {
  const frame = at(state, player + Fighter.ACTION_FRAME);
  return frame >= box.from && frame <= box.to;
}
