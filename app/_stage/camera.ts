import { Hurt } from '@/engine/fighter/state';
import { type FighterView, NEVER, type Scene } from './scene';
import { noise } from './shapes';

/** Stage units that the picture shows from edge to edge, and how far beyond the walls it may look. */
const NEAREST_UNITS = 530;
const WIDEST_UNITS = 960;
/** Room beside the fighters. */
const MARGIN_UNITS = 310;
/** A picture lower than this would cut off jumps. */
const LEAST_HEIGHT_UNITS = 330;
const EDGE_UNITS = 535;

/** Where the floor is, from the top of the picture. */
export const FLOOR_SHARE = 0.84;

/** A jumping or flying figure's head is at most this far above its feet. */
const HEAD_UNITS = 186;
/** How high the highest jump is. */
const APEX_UNITS = 140;
/** Share of the picture's height that stays free below the floor's lowest figure. */
const BELOW_SHARE = 0.03;
/** What gravity takes from the speed of the slower falling kind of body in each frame, stage units. */
const GRAVITY = 0.547;

/** Where the HUD ends, in pixels from the top: hud.css sizes it by the same unit. */
export function safeTop(width: number, height: number): number {
  const unit = Math.max(3.2, Math.min(0.0078 * width, 0.016 * height, 11));
  return unit * 10.4;
}

/** How high the feet of a fighter are or will get with the speed they have. */
function apexOf({ y, doing }: FighterView): number {
  return doing.rising > 0 && y > 0 ? y + (doing.rising * doing.rising) / (2 * GRAVITY) : y;
}

/** Pixels from the top to the highest head. */
export function headTop(camera: Camera, scene: Scene, height: number): number {
  const [one, two] = scene.fighters;
  return height * FLOOR_SHARE - (Math.max(one.y, two.y) + HEAD_UNITS - camera.y) * camera.zoom;
}

/** What part of the stage the picture shows. */
export interface Camera {
  /** Stage x in the middle of the picture. */
  x: number;
  /** How far the picture has gone up after a jump, in stage units. */
  y: number;
  /** Pixels a stage unit. */
  zoom: number;
  /** Shake, in stage units. */
  shakeX: number;
  shakeY: number;
}

export function createCamera(): Camera {
  return { x: 0, y: 0, zoom: 0, shakeX: 0, shakeY: 0 };
}

/**
 * Lets the camera follow the fighters.
 * @param width and `height` of the picture in pixels
 * @param share how much of the way to go in this frame; 1 cuts
 */
export function follow(
  camera: Camera,
  scene: Scene,
  width: number,
  height: number,
  share: number,
  calm: boolean,
): void {
  const [one, two] = scene.fighters;
  const apart = Math.abs(one.x - two.x);
  const close = scene.koAge < 60 && !calm ? 90 : 0;
  // With reduced motion there is room for a jump all the time, and the picture doesn't move for one.
  const high = calm ? APEX_UNITS : Math.max(apexOf(one), apexOf(two));
  const units = Math.min(WIDEST_UNITS, Math.max(NEAREST_UNITS, apart + MARGIN_UNITS)) - close;
  const top = safeTop(width, height);
  const roomy = (height * (1 - BELOW_SHARE) - top) / (high + HEAD_UNITS);
  const zoom = Math.min(width / units, height / LEAST_HEIGHT_UNITS, roomy);
  const half = width / zoom / 2;
  const room = Math.max(0, EDGE_UNITS - half);
  const middle = Math.min(room, Math.max(-room, (one.x + two.x) / 2));
  const up = Math.max(0, high + HEAD_UNITS - (height * FLOOR_SHARE - top) / zoom);
  const cut = camera.zoom === 0 ? 1 : share;
  camera.zoom += (zoom - camera.zoom) * cut;
  camera.x += (middle - camera.x) * cut;
  camera.y += (up - camera.y) * cut;
  const force = calm ? 0 : Math.max(shakeOf(one), shakeOf(two));
  camera.shakeX = force * (noise(scene.clock, 1) - 0.5) * 2;
  camera.shakeY = force * (noise(scene.clock, 2) - 0.5) * 2;
}

/** Only heavy blows that went through shake the picture. */
function shakeOf(fighter: FighterView): number {
  if (fighter.hurtAge === NEVER || fighter.hurtStrength < 2) return 0;
  if (fighter.hurtKind !== Hurt.HIT && fighter.hurtKind !== Hurt.THROW) return 0;
  return fighter.hurtStrength * 2.4 * Math.exp(-fighter.hurtAge / 5);
}
