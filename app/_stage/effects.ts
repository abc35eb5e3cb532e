import { Action } from '@/engine/fighter/actions';
import { Hurt } from '@/engine/fighter/state';
import { GOLD, INK, PAPER, PLAYER_COLOURS } from './palette';
import type { FighterView, Scene } from './scene';
import { burst, disc, limb, noise, oval } from './shapes';

/** Ink that flies. All of it is a function of the scene alone, so it redraws the same after a rollback. */

const OUTLINE = 4;
const LIFTED_UNITS = 44;

/**
 * Dust, sparks and projectiles in front of the fighters, in stage units with y upwards.
 * @param still frames for which the match has stood still; sparks and dust end meanwhile, so that none is stuck on
 * a picture that stays
 */
export function drawEffects(ctx: CanvasRenderingContext2D, scene: Scene, still: number): void {
  ctx.lineJoin = 'round';
  for (let i = 0; i < 2; i += 1) {
    const fighter = scene.fighters[i === 0 ? 0 : 1];
    const other = scene.fighters[i === 0 ? 1 : 0];
    const colour = PLAYER_COLOURS[i === 0 ? 0 : 1];
    const opposite = PLAYER_COLOURS[i === 0 ? 1 : 0];
    drawDust(ctx, fighter, still);
    if (fighter.shot.active) drawShot(ctx, fighter, colour);
    drawTouch(ctx, fighter, opposite, fighter.x >= other.x ? 1 : -1, scene.clock, still);
  }
  if (scene.clashAge + still < 14)
    drawSpark(ctx, scene.clashX, scene.clashY, scene.clashAge + still, 2, PAPER, 0, scene.clock);
}

function drawTouch(
  ctx: CanvasRenderingContext2D,
  fighter: FighterView,
  colour: string,
  way: number,
  clock: number,
  still: number,
): void {
  const { hurtAge, hurtX: x, hurtY: y, hurtStrength: strength } = fighter;
  const age = hurtAge + still;
  if (age > 18) return;
  const seed = clock - hurtAge;
  switch (fighter.hurtKind) {
    case Hurt.HIT:
      drawSpark(ctx, x, y, age, strength, colour, way, seed);
      return;
    case Hurt.THROW:
      // The place told is that of the hands in the hold; by now they are above the head.
      drawSpark(ctx, x, y + LIFTED_UNITS, age, Math.max(3, strength), colour, way, seed);
      return;
    case Hurt.BLOCK:
      drawGuard(ctx, x, y, age, strength, way);
      return;
    case Hurt.TECH:
      drawGuard(ctx, x, y, age, 2, 1);
      drawGuard(ctx, x, y, age, 2, -1);
      return;
  }
}

function drawSpark(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  age: number,
  strength: number,
  colour: string,
  way: number,
  seed: number,
): void {
  const full = 20 + strength * 13;
  const size = age < 3 ? full * (0.7 + age * 0.15) : full * Math.max(0, 1 - (age - 3) / 11);
  drops(ctx, x, y, age, strength, colour, way, seed);
  if (size < 4) return;
  const points = 6 + strength * 2;
  star(ctx, x, y, size * 0.52, size * 1.25, points, seed, INK);
  star(ctx, x, y, size * 0.4, size, points, seed + 0.3, colour);
  if (age < 9) star(ctx, x, y, size * 0.26, size * 0.66, points, seed + 0.6, strength > 2 ? GOLD : PAPER);
  if (age < 4 && strength > 1) star(ctx, x, y, size * 0.12, size * 0.36, 5, seed, PAPER);
}

function star(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  inner: number,
  outer: number,
  points: number,
  seed: number,
  fill: string,
): void {
  ctx.fillStyle = fill;
  ctx.beginPath();
  burst(ctx, x, y, inner, outer, points, seed);
  ctx.fill();
}

/** Drops of ink fly the way of the blow and fall. */
function drops(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  age: number,
  strength: number,
  colour: string,
  way: number,
  seed: number,
): void {
  const count = 4 + strength * 3;
  for (let i = 0; i < count; i += 1) {
    const angle = noise(seed, i * 3) * Math.PI * 2;
    const speed = 2 + noise(seed, i * 3 + 1) * (2 + strength * 1.5);
    const size = (3 + noise(seed, i * 3 + 2) * (2 + strength * 1.4)) * (1 - age / 19);
    if (size <= 0.4) continue;
    const px = x + (Math.cos(angle) * speed + way * (1.5 + strength * 0.6)) * (age + 2);
    const py = y + Math.sin(angle) * speed * (age + 2) - age * age * 0.16;
    const tail = { x: px - Math.cos(angle) * size * 2.4 - way * size, y: py - Math.sin(angle) * size * 2.4 };
    ctx.fillStyle = i % 3 === 0 ? colour : INK;
    ctx.beginPath();
    limb(ctx, { x: px, y: py }, size, tail, size * 0.25);
    ctx.fill();
  }
}

/** A guarded blow: two strokes bent round the guard, no ink. */
function drawGuard(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  age: number,
  strength: number,
  way: number,
): void {
  if (age > 12) return;
  const radius = 18 + strength * 4 + age * 2.2;
  const open = 0.9 - age * 0.05;
  const middle = way > 0 ? Math.PI : 0;
  ctx.lineCap = 'round';
  for (let ring = 0; ring < 2; ring += 1) {
    const r = radius - ring * 11;
    if (r < 3) continue;
    for (let coat = 0; coat < 2; coat += 1) {
      ctx.strokeStyle = coat === 0 ? INK : PAPER;
      ctx.lineWidth = (coat === 0 ? 9 : 5) * Math.max(0.2, 1 - age / 13);
      ctx.beginPath();
      ctx.arc(x + way * 12, y, r, middle - open, middle + open);
      ctx.stroke();
    }
  }
}

function drawDust(ctx: CanvasRenderingContext2D, fighter: FighterView, still: number): void {
  const { doing, x, facing } = fighter;
  const landAge = fighter.landAge + still;
  const heavy = doing.action === Action.KNOCKDOWN || doing.action === Action.KO;
  if (landAge < 14 && fighter.y === 0) puffs(ctx, x, landAge, heavy ? 1.7 : 1, 0);
  const dash = doing.action === Action.DASH_FORWARD ? 1 : doing.action === Action.DASH_BACK ? -1 : 0;
  if (dash !== 0 && doing.frame + still < 14)
    puffs(ctx, x - dash * facing * 20, doing.frame + still, 0.9, -dash * facing);
}

function puffs(ctx: CanvasRenderingContext2D, x: number, age: number, size: number, way: number): void {
  ctx.strokeStyle = INK;
  ctx.fillStyle = PAPER;
  ctx.lineWidth = OUTLINE * 0.7;
  for (let side = -1; side <= 1; side += 2) {
    if (way !== 0 && side !== way) continue;
    for (let i = 0; i < 3; i += 1) {
      const radius = (9 - i * 2) * size * (1 - age / 14);
      if (radius < 1) continue;
      const px = x + side * (14 + i * 12 + age * (1.2 + i * 0.7)) * size;
      ctx.beginPath();
      oval(ctx, px, 4 + radius * 0.7 + age * 0.5, radius * 1.3, radius, 0);
      ctx.stroke();
      ctx.fill();
    }
  }
}

/** A wave of ink: a crescent with a lit core and streaks behind it. */
function drawShot(ctx: CanvasRenderingContext2D, fighter: FighterView, colour: string): void {
  const { shot } = fighter;
  const grow = Math.min(1, 0.4 + shot.frame / 8);
  const height = shot.size * 1.25 * grow;
  ctx.save();
  ctx.translate(shot.x, shot.y);
  ctx.scale(shot.way, 1);
  for (let i = 0; i < 5; i += 1) {
    const y = (i / 2 - 1) * height * 0.8;
    const length = height * (1.5 + noise(i, Math.floor(shot.frame / 3)) * 1.3);
    ctx.fillStyle = i % 2 === 0 ? INK : colour;
    ctx.beginPath();
    limb(ctx, { x: -height * 0.1, y }, height * 0.17, { x: -length, y: y * 0.7 }, 0.6);
    ctx.fill();
  }
  crescent(ctx, height * 1.16, 0, INK);
  crescent(ctx, height * 0.92, -height * 0.02, colour);
  crescent(ctx, height * 0.56, height * 0.08, PAPER);
  ctx.fillStyle = INK;
  ctx.beginPath();
  for (let i = 0; i < 4; i += 1) {
    const angle = noise(i, 7) * 6 + shot.frame * 0.35;
    disc(ctx, height * 0.5 + Math.cos(angle) * height * 0.35, Math.sin(angle) * height * 1.1, 2.6);
  }
  ctx.fill();
  ctx.restore();
}

function crescent(ctx: CanvasRenderingContext2D, radius: number, shift: number, fill: string): void {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.moveTo(-radius * 0.55 + shift, radius);
  ctx.bezierCurveTo(
    radius * 0.75 + shift,
    radius * 0.85,
    radius * 0.95 + shift,
    -radius * 0.6,
    -radius * 0.4 + shift,
    -radius,
  );
  ctx.bezierCurveTo(
    radius * 0.1 + shift,
    -radius * 0.4,
    radius * 0.05 + shift,
    radius * 0.5,
    -radius * 0.55 + shift,
    radius,
  );
  ctx.fill();
}
