import { READY_FRAMES } from '@/engine/fighter/rules';
import { GOLD, INK, PAPER, PLAYER_COLOURS } from './palette';
import { NEVER, type Scene } from './scene';

/** Words on the stage. Callers pass their own language; the defaults are English. */
export interface StageText {
  round(round: number): string;
  ready: string;
  fight: string;
  ko: string;
  doubleKo: string;
  timeUp: string;
  draw: string;
  wins(side: 1 | 2): string;
}

export const ENGLISH: StageText = {
  round: (round) => `ROUND ${round}`,
  ready: 'READY',
  fight: 'FIGHT!',
  ko: 'K.O.',
  doubleKo: 'DOUBLE K.O.',
  timeUp: 'TIME UP',
  draw: 'DRAW',
  wins: (side) => `PLAYER ${side} WINS`,
};

const FONT = '"Black Han Sans", "Arial Black", Impact, sans-serif';

/** Frames of pure poster at a knock-out. */
export const POSTER_FRAMES = 7;
/** An age at which type has long landed. */
const SETTLED_FRAMES = 99;

/** What is shouted: how large (a share of the picture's height), how old, and how far down its middle is. */
interface Call {
  readonly words: string;
  readonly size: number;
  readonly age: number;
  readonly colour: string;
  readonly y: number;
}

/** FIGHT! falls a moment before the fight begins and is gone soon after, because it is in the way of the first moves. */
const FIGHT_FRAME = READY_FRAMES - 9;
const FIGHT_GONE_FRAME = 14;

function call(words: string, size: number, age: number, colour: string, y = 0.29): Call {
  return { words, size, age, colour, y };
}

/** What has to be shouted now; undefined when nothing has, and then nothing is allocated. */
function callOf(scene: Scene, text: StageText): Call | undefined {
  const { phase, phaseFrame: frame, koAge, result } = scene;
  if (phase === 'ready') {
    if (frame >= FIGHT_FRAME) return call(text.fight, 0.22, frame - FIGHT_FRAME, GOLD);
    if (frame > 46) return call(text.ready, 0.15, frame - 47, PAPER);
    return frame > 6 && frame <= 44 ? call(text.round(scene.round), 0.17, frame - 7, PAPER) : undefined;
  }
  if (phase === 'fight') {
    if (frame >= FIGHT_GONE_FRAME || koAge !== NEVER) return undefined;
    return call(text.fight, 0.22, frame + READY_FRAMES - FIGHT_FRAME, GOLD);
  }
  if (koAge < 70)
    return call(result === 3 ? text.doubleKo : text.ko, 0.3, Math.max(0, koAge - POSTER_FRAMES), GOLD);
  if (koAge === NEVER && phase === 'round over' && frame < 56) return call(text.timeUp, 0.2, frame, GOLD);
  // The frames of the phase begin again when the match is over, and stand still from then on.
  const age = phase === 'match over' ? SETTLED_FRAMES : frame - 60;
  if (result === 3) return call(text.draw, 0.16, age, PAPER, 0.22);
  if (result === 1) return call(text.wins(1), 0.13, age, PLAYER_COLOURS[0], 0.22);
  if (result === 2) return call(text.wins(2), 0.13, age, PLAYER_COLOURS[1], 0.22);
  return undefined;
}

/** The words of what is shouted now, for who can't see it; empty when nothing is. */
export function wordsOf(scene: Scene, text: StageText): string {
  return callOf(scene, text)?.words ?? '';
}

/** The part of the picture above the heads and below the HUD, in pixels from the top. */
export interface Headroom {
  readonly top: number;
  readonly bottom: number;
}

/**
 * Draws what has to be shouted now. Expects pixels with y downwards.
 * @param headroom where type does not cover who is already fighting
 */
export function announce(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  text: StageText,
  width: number,
  height: number,
  calm: boolean,
  headroom: Headroom,
): void {
  const now = callOf(scene, text);
  if (now === undefined) return;
  const band = Math.max(0, headroom.bottom - headroom.top);
  const isLive = scene.phase === 'fight';
  // Tilted type with its outline is this much higher than its size.
  const size = isLive ? Math.min(height * now.size, band / TYPE_HEIGHT) : height * now.size;
  if (size < LEAST_SIZE) return;
  const y = isLive ? headroom.top + band / 2 : height * now.y;
  shout(
    ctx,
    now.words,
    width / 2,
    y,
    sizeToFit(ctx, now.words, width, size),
    calm ? SETTLED_FRAMES : now.age,
    now.colour,
  );
}

const TYPE_HEIGHT = 1.3;
const LEAST_SIZE = 12;

/** The size at which `words` still fit the picture. */
function sizeToFit(ctx: CanvasRenderingContext2D, words: string, width: number, size: number): number {
  ctx.font = `${size}px ${FONT}`;
  const measured = ctx.measureText(words).width;
  return measured > width * 0.86 ? (size * width * 0.86) / measured : size;
}

/** How much larger than life type is `age` frames after it began to fall; an age before that is its beginning. */
export function landing(age: number): number {
  return age >= 6 ? 1 : 1 + (1 - Math.max(0, age) / 6) ** 2 * 0.9;
}

/** Big type, printed three times slightly out of register, that lands with a jolt. */
function shout(
  ctx: CanvasRenderingContext2D,
  words: string,
  x: number,
  y: number,
  size: number,
  age: number,
  colour: string,
): void {
  const land = landing(age);
  const slip = size * 0.035 * (age < 10 ? 1 + (10 - Math.max(0, age)) * 0.12 : 1);
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-0.045);
  ctx.scale(land, land);
  ctx.font = `${size}px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = size * 0.16;
  ctx.strokeStyle = INK;
  ctx.strokeText(words, slip, slip);
  ctx.strokeText(words, 0, 0);
  ctx.fillStyle = PLAYER_COLOURS[1];
  ctx.fillText(words, slip, slip * 0.8);
  ctx.fillStyle = PLAYER_COLOURS[0];
  ctx.fillText(words, -slip * 0.7, slip * 0.2);
  ctx.fillStyle = colour;
  ctx.fillText(words, 0, 0);
  ctx.restore();
}

/** The poster behind a knock-out: the winner's colour, rays, and the type as large as the wall. */
export function drawPoster(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  text: StageText,
  width: number,
  height: number,
): void {
  const winner = scene.result === 1 ? PLAYER_COLOURS[0] : scene.result === 2 ? PLAYER_COLOURS[1] : GOLD;
  ctx.fillStyle = winner;
  ctx.fillRect(0, 0, width, height);
  ctx.fillStyle = PAPER;
  const reach = width + height;
  ctx.beginPath();
  for (let i = 0; i < 14; i += 1) {
    const angle = (i / 14) * Math.PI * 2;
    ctx.moveTo(width / 2, height * 0.6);
    ctx.lineTo(width / 2 + Math.cos(angle) * reach, height * 0.6 + Math.sin(angle) * reach);
    ctx.lineTo(width / 2 + Math.cos(angle + 0.16) * reach, height * 0.6 + Math.sin(angle + 0.16) * reach);
  }
  ctx.fill();
  const words = scene.result === 3 ? text.doubleKo : text.ko;
  const size = sizeToFit(ctx, words, width * 1.1, height * 0.62);
  ctx.font = `${size}px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = INK;
  ctx.fillText(words, width / 2 + size * 0.03, height * 0.4 + size * 0.03);
  ctx.fillStyle = PAPER;
  ctx.lineWidth = size * 0.05;
  ctx.strokeStyle = INK;
  ctx.strokeText(words, width / 2, height * 0.4);
  ctx.fillText(words, width / 2, height * 0.4);
}
