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

/** Draws what has to be shouted now. Expects pixels with y downwards. */
export function announce(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  text: StageText,
  width: number,
  height: number,
  calm: boolean,
): void {
  const { phase, phaseFrame: frame, koAge } = scene;
  const say = (words: string, size: number, age: number, colour: string, y = 0.29): void =>
    shout(
      ctx,
      words,
      width / 2,
      height * y,
      sizeToFit(ctx, words, width, height * size),
      calm ? SETTLED_FRAMES : age,
      colour,
    );
  if (phase === 'ready') {
    if (frame > 6 && frame <= 44) say(text.round(scene.round), 0.17, frame - 7, PAPER);
    else if (frame > 46) say(text.ready, 0.15, frame - 47, PAPER);
    return;
  }
  if (phase === 'fight') {
    if (frame < 34 && koAge === NEVER) say(text.fight, 0.22, frame, GOLD);
    return;
  }
  if (koAge < 70) {
    say(scene.result === 3 ? text.doubleKo : text.ko, 0.3, Math.max(0, koAge - POSTER_FRAMES), GOLD);
    return;
  }
  if (koAge === NEVER && phase === 'round over' && frame < 56) {
    say(text.timeUp, 0.2, frame, GOLD);
    return;
  }
  // The frames of the phase begin again when the match is over, and stand still from then on.
  const age = phase === 'match over' ? SETTLED_FRAMES : frame - 60;
  if (scene.result === 3) say(text.draw, 0.16, age, PAPER, 0.22);
  else if (scene.result === 1) say(text.wins(1), 0.13, age, PLAYER_COLOURS[0], 0.22);
  else if (scene.result === 2) say(text.wins(2), 0.13, age, PLAYER_COLOURS[1], 0.22);
}

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
