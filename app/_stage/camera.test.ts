import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Input } from '@/engine/fighter/inputs';
import { WALL_X } from '@/engine/fighter/rules';
import { createState, Match, Phase } from '@/engine/fighter/state';
import { step } from '@/engine/fighter/step';
import { createCamera, FLOOR_SHARE, follow, headTop, safeTop } from './camera';
import { lookOf } from './fighters/looks';
import { Figure } from './figure';
import { readMatch } from './read-match';
import { createScene, NEVER } from './scene';

const place = fc.integer({ min: -WALL_X, max: WALL_X });

it('the camera keeps both fighters in the picture, on phones and on wide screens', () => {
  fc.assert(
    fc.property(
      place,
      place,
      fc.integer({ min: 320, max: 3440 }),
      fc.integer({ min: 240, max: 1440 }),
      (a, b, w, h) => {
        const scene = createScene([1, 2], 0);
        scene.fighters[0].x = a;
        scene.fighters[1].x = b;
        const camera = createCamera();
        follow(camera, scene, w, h, 1, false);
        for (const fighter of scene.fighters) {
          const pixels = (fighter.x - camera.x) * camera.zoom;
          expect(Math.abs(pixels)).toBeLessThanOrEqual(w / 2);
        }
      },
    ),
  );
});

it('only heavy blows that went through shake it, and none when motion is reduced', () => {
  const scene = createScene([1, 2], 0);
  const fighter = scene.fighters[1];
  const shake = (strength: number, kind: number, calm: boolean): number => {
    const camera = createCamera();
    fighter.hurtAge = 0;
    fighter.hurtStrength = strength;
    fighter.hurtKind = kind;
    follow(camera, scene, 960, 540, 1, calm);
    return Math.abs(camera.shakeX) + Math.abs(camera.shakeY);
  };
  expect(shake(2, 1, false)).toBeGreaterThan(0);
  expect(shake(1, 1, false)).toBe(0);
  expect(shake(3, 2, false)).toBe(0);
  expect(shake(4, 1, true)).toBe(0);
  fighter.hurtAge = NEVER;
});

const SCREENS = [
  [1280, 720],
  [1280, 800],
  [844, 390],
  [390, 844],
] as const;

it.each(SCREENS)(
  'the head of who jumps stays below the HUD and feet on the floor in the picture: %i×%i',
  (w, h) => {
    for (const id of [1, 2]) {
      const state = createState({ seed: 1, characters: [id, 2] });
      const scene = createScene([id, 2], 1);
      const camera = createCamera();
      const figure = new Figure();
      let highest = 0;
      for (let frame = 0; frame < 400; frame += 1) {
        step(state, state[Match.PHASE] === Phase.FIGHT && frame % 90 > 60 ? Input.Up : 0, 0);
        readMatch(scene, state);
        follow(camera, scene, w, h, 0.13, false);
        const [view] = scene.fighters;
        figure.advance(view, 1, false);
        highest = Math.max(highest, view.y);
        const floor = h * FLOOR_SHARE + camera.y * camera.zoom;
        expect(
          floor -
            (view.y + figure.joints(view).head.y + lookOf(view.character.slug).build.headRadius) *
              camera.zoom,
        ).toBeGreaterThanOrEqual(safeTop(w, h));
        expect(floor).toBeLessThanOrEqual(h);
      }
      expect(highest).toBeGreaterThan(90);
    }
  },
);

it.each(SCREENS)(
  'with reduced motion a jump moves no camera, and still its head is in the picture: %i×%i',
  (w, h) => {
    const scene = createScene([1, 2], 1);
    const camera = createCamera();
    follow(camera, scene, w, h, 1, true);
    const still = { ...camera };
    for (let y = 0; y <= 138; y += 6) {
      scene.fighters[0].y = y;
      follow(camera, scene, w, h, 1, true);
      expect(camera).toEqual(still);
      expect(headTop(camera, scene, h)).toBeGreaterThanOrEqual(safeTop(w, h) - 0.001);
    }
  },
);
