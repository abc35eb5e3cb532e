import { expect, it } from 'vitest';
import { Hurt } from '@/engine/fighter/state';
import { drawEffects } from './effects';
import { createScene } from './scene';

/** How many shapes are filled or stroked. */
function shapesOf(still: number): number {
  let shapes = 0;
  const canvas = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => () => {
      if (name === 'fill' || name === 'stroke') shapes += 1;
    },
    set: () => true,
  });
  const scene = createScene([1, 2], 0);
  const [fighter] = scene.fighters;
  fighter.hurtAge = 3;
  fighter.hurtKind = Hurt.HIT;
  fighter.hurtStrength = 2;
  fighter.landAge = 2;
  scene.clashAge = 2;
  drawEffects(canvas, scene, still);
  return shapes;
}

it('no spark and no dust is stuck on a picture that stays', () => {
  expect(shapesOf(0)).toBeGreaterThan(0);
  expect(shapesOf(30)).toBe(0);
});
