import { Action } from '@/engine/fighter/actions';
import { FRAME_MS } from '@/engine/fighter/rules';
import { Hurt } from '@/engine/fighter/state';
import { announce, drawPoster, ENGLISH, POSTER_FRAMES, type StageText, wordsOf } from './announcer';
import { backdropOf, drawBackdrop } from './backdrop';
import { createCamera, FLOOR_SHARE, follow, headTop, safeTop } from './camera';
import { drawEffects } from './effects';
import { Figure } from './figure';
import { FLASH_INKS, INK, type Inks, PAPER, PLAYER_COLOURS, PLAYER_INKS, POSTER_INKS } from './palette';
import { Pen } from './pen';
import type { FighterView, Scene } from './scene';
import { noise, oval } from './shapes';
import { type ItemLook, NOTHING } from './worn/looks';

/** What both kinds of stage can be told. */
export interface StageOptions {
  /** Ids in the roster, player 1 first. */
  characters: readonly [number, number];
  /** Chooses the backdrop; by default 0. A stage that is fed states takes the match's own. */
  seed?: number;
  /** What each player wears beside their own clothes; by default nothing. */
  worn?: readonly [readonly ItemLook[], readonly ItemLook[]];
  /** No shake, no flash, no poster. */
  reducedMotion?: boolean;
  /** Words in the reader's language. */
  text?: Partial<StageText>;
  /** Told each time that the stage shouts something new: ROUND 1, FIGHT!, K.O. */
  onCall?: (words: string) => void;
  /** Draws over the fighters of every picture but the poster, in stage units with y upwards. */
  drawOver?: (ctx: CanvasRenderingContext2D) => void;
}

const FLASH_FRAMES = 2;
const SUPER_FRAMES = 34;
const MAX_PIXEL_RATIO = 2;
/** Share of its way the camera goes in a sixtieth of a second. */
const CAMERA_SHARE = 0.13;

/** Paints scenes on one canvas, back to front. */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #ctx: CanvasRenderingContext2D;
  readonly #pen: Pen;
  readonly #figures = [new Figure(), new Figure()] as const;
  readonly #camera = createCamera();
  readonly #text: StageText;
  readonly #calm: boolean;
  readonly #worn: readonly [readonly ItemLook[], readonly ItemLook[]];
  readonly #onCall: StageOptions['onCall'];
  readonly #drawOver: StageOptions['drawOver'];
  readonly #headroom = { top: 0, bottom: 0 };
  #called = '';
  /** Sixtieths of a second for which the match has stood still, and the frame at which it does. */
  #still = 0;
  #clock = -1;
  #width = 0;
  #height = 0;
  #ratio = 1;
  #paintedMs = 0;

  /** @throws Error when the browser gives no 2D context. */
  constructor(canvas: HTMLCanvasElement, options: StageOptions) {
    const ctx = canvas.getContext('2d', { alpha: false });
    if (ctx === null) throw new Error('this browser gives no 2D canvas');
    this.#canvas = canvas;
    this.#ctx = ctx;
    this.#pen = new Pen(ctx, PLAYER_INKS[0]);
    this.#text = { ...ENGLISH, ...options.text };
    this.#calm = options.reducedMotion ?? false;
    this.#worn = options.worn ?? [NOTHING, NOTHING];
    this.#onCall = options.onCall;
    this.#drawOver = options.drawOver;
    this.resize();
  }

  /** Takes the canvas's size on the page; call it when that changes. */
  resize(): void {
    this.#ratio = Math.min(MAX_PIXEL_RATIO, globalThis.devicePixelRatio || 1);
    this.#width = Math.max(1, this.#canvas.clientWidth);
    this.#height = Math.max(1, this.#canvas.clientHeight);
    this.#canvas.width = Math.round(this.#width * this.#ratio);
    this.#canvas.height = Math.round(this.#height * this.#ratio);
    this.#camera.zoom = 0;
  }

  /** Paints one frame. `nowMs` only smooths motion; what is shown comes from the scene. */
  paint(scene: Scene, nowMs: number): void {
    const frames = Math.min(6, Math.max(0, (nowMs - this.#paintedMs) / FRAME_MS));
    this.#paintedMs = nowMs;
    this.#still = scene.clock === this.#clock ? this.#still + frames : 0;
    this.#clock = scene.clock;
    const ctx = this.#ctx;
    const width = this.#width;
    const height = this.#height;
    const camera = this.#camera;
    follow(camera, scene, width, height, 1 - (1 - CAMERA_SHARE) ** frames, this.#calm);
    for (let i = 0; i < 2; i += 1)
      this.#figures[i === 0 ? 0 : 1].advance(scene.fighters[i === 0 ? 0 : 1], frames, scene.frozen);
    ctx.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    const poster = scene.koAge < POSTER_FRAMES && !this.#calm;
    if (poster) drawPoster(ctx, scene, this.#text, width, height);
    else {
      drawBackdrop(ctx, backdropOf(scene.seed), camera, width, height, scene.clock);
      this.#drawSuper(scene);
    }
    ctx.save();
    this.#enterStage();
    if (!poster) this.#drawShadows(scene);
    this.#drawFigures(scene, poster);
    if (!poster) {
      drawEffects(ctx, scene, this.#still);
      this.#drawOver?.(ctx);
    }
    ctx.restore();
    if (!poster) {
      this.#headroom.top = safeTop(width, height);
      this.#headroom.bottom = headTop(camera, scene, height);
      announce(ctx, scene, this.#text, width, height, this.#calm, this.#headroom);
    }
    this.#tell(scene);
  }

  /** Says what is shouted to who asked for it, once for each new word. */
  #tell(scene: Scene): void {
    if (this.#onCall === undefined) return;
    const words = wordsOf(scene, this.#text);
    if (words === this.#called) return;
    this.#called = words;
    if (words !== '') this.#onCall(words);
  }

  /** From pixels to stage units with y upwards. */
  #enterStage(): void {
    const { x, y, zoom, shakeX, shakeY } = this.#camera;
    this.#ctx.translate(
      this.#width / 2 - (x + shakeX) * zoom,
      this.#height * FLOOR_SHARE + (y + shakeY) * zoom,
    );
    this.#ctx.scale(zoom, -zoom);
  }

  #drawShadows(scene: Scene): void {
    const ctx = this.#ctx;
    ctx.fillStyle = 'rgb(20 18 26 / 0.42)';
    for (const fighter of scene.fighters) {
      const down = fighter.doing.action === Action.KNOCKDOWN || fighter.doing.action === Action.KO;
      const width = (down ? 78 : 46) * Math.max(0.4, 1 - fighter.y / 260);
      ctx.beginPath();
      oval(ctx, fighter.x, -2, width, 6.5, 0);
      ctx.fill();
    }
  }

  /** Who strikes is drawn over who is struck. */
  #drawFigures(scene: Scene, poster: boolean): void {
    const [one, two] = scene.fighters;
    const oneInFront = isStriking(one) || (!isStriking(two) && two.hurtAge < one.hurtAge);
    this.#drawFigure(oneInFront ? 1 : 0, scene, poster);
    this.#drawFigure(oneInFront ? 0 : 1, scene, poster);
  }

  #drawFigure(index: 0 | 1, scene: Scene, poster: boolean): void {
    const view = scene.fighters[index];
    const smear = poster ? undefined : PLAYER_COLOURS[index];
    this.#figures[index].draw(
      this.#pen,
      view,
      this.#inksOf(index, view, poster),
      smear,
      this.#calm,
      this.#still,
      this.#worn[index],
    );
  }

  #inksOf(index: 0 | 1, view: FighterView, poster: boolean): Inks {
    if (poster) return POSTER_INKS;
    const struck = view.hurtKind === Hurt.HIT || view.hurtKind === Hurt.THROW;
    return struck && view.hurtAge + this.#still < FLASH_FRAMES && !this.#calm
      ? FLASH_INKS
      : PLAYER_INKS[index];
  }

  /** A super begins: the stage goes to ink, and lines run to whoever begins it. */
  #drawSuper(scene: Scene): void {
    const [one, two] = scene.fighters;
    const index = one.superAge <= two.superAge ? 0 : 1;
    const user = scene.fighters[index];
    if (user.superAge >= SUPER_FRAMES) return;
    const ctx = this.#ctx;
    const age = user.superAge;
    const x = this.#width / 2 + (user.x - this.#camera.x) * this.#camera.zoom;
    const y = this.#height * FLOOR_SHARE - (user.y + 100 - this.#camera.y) * this.#camera.zoom;
    ctx.fillStyle = INK;
    ctx.globalAlpha = Math.min(0.86, age / 5) * Math.min(1, (SUPER_FRAMES - age) / 6);
    ctx.fillRect(0, 0, this.#width, this.#height);
    const reach = this.#width + this.#height;
    const shown = this.#calm ? 0 : age >> 1;
    for (let i = 0; i < 26; i += 1) {
      const angle = noise(i, shown) * Math.PI * 2;
      const thin = 0.012 + noise(i, shown + 1) * 0.02;
      const start = 110 + noise(i, shown + 2) * 160;
      ctx.fillStyle = i % 3 === 0 ? PAPER : PLAYER_COLOURS[index];
      ctx.beginPath();
      ctx.moveTo(x + Math.cos(angle) * start, y + Math.sin(angle) * start);
      ctx.lineTo(x + Math.cos(angle - thin) * reach, y + Math.sin(angle - thin) * reach);
      ctx.lineTo(x + Math.cos(angle + thin) * reach, y + Math.sin(angle + thin) * reach);
      ctx.fill();
    }
    ctx.globalAlpha = 1;
  }
}

function isStriking(fighter: FighterView): boolean {
  return fighter.doing.action === Action.ATTACK || fighter.doing.action === Action.THROWING;
}
