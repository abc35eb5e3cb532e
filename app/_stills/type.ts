import { line, type Sheet, slipOf } from './sheet';

/** The face of what shouts; the page has loaded it, or the stand-in is drawn until it has. */
export const POSTER_FACE =
  '"Black Han Sans", "Poster Stand-in", "Poster Stand-in Linux", "Arial Black", sans-serif';

export interface Setting {
  /** Scene units. */
  readonly size: number;
  readonly colour: string;
  /** Radians, anticlockwise. */
  readonly angle?: number;
  readonly align?: CanvasTextAlign;
  /** The words are set smaller where they would be wider than this, scene units. */
  readonly fit?: number;
  /** Printed twice out of register, with an outline: for what is shouted. */
  readonly under?: string;
}

/** Big type on the sheet; (x, y) is the middle of its line. */
export function setType(sheet: Sheet, words: string, x: number, y: number, setting: Setting): void {
  const { ctx, tones } = sheet;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(setting.angle ?? 0);
  ctx.scale(1, -1);
  ctx.textAlign = setting.align ?? 'center';
  ctx.textBaseline = 'middle';
  ctx.font = `${setting.size}px ${POSTER_FACE}`;
  let size = setting.size;
  if (setting.fit !== undefined) {
    const wide = ctx.measureText(words).width;
    if (wide > setting.fit) {
      size *= setting.fit / wide;
      ctx.font = `${size}px ${POSTER_FACE}`;
    }
  }
  if (setting.under !== undefined) {
    const slip = size * 0.03 + slipOf(sheet) * 0.6;
    ctx.lineJoin = 'round';
    ctx.lineWidth = size * 0.13;
    ctx.strokeStyle = tones.line;
    ctx.strokeText(words, slip, slip);
    ctx.strokeText(words, 0, 0);
    ctx.fillStyle = setting.under;
    ctx.fillText(words, slip, slip);
  }
  ctx.fillStyle = setting.colour;
  ctx.fillText(words, 0, 0);
  ctx.restore();
}

/** Words one below the other, as a sign that hangs has them; Latin letters turn as a whole. */
export function setUpright(sheet: Sheet, words: string, x: number, y: number, setting: Setting): void {
  if (sheet.language === 'en') {
    setType(sheet, words, x, y, { ...setting, angle: -Math.PI / 2 });
    return;
  }
  const letters = [...words];
  const step = setting.size * 1.04;
  for (const [i, letter] of letters.entries())
    setType(sheet, letter, x, y + ((letters.length - 1) / 2 - i) * step, { ...setting, size: setting.size });
}

/** A signboard with words on it. */
export function signboard(
  sheet: Sheet,
  words: string,
  x: number,
  y: number,
  width: number,
  height: number,
  colours: { readonly board: string; readonly words: string },
): void {
  const { ctx, tones } = sheet;
  const trace = () => ctx.roundRect(x - width / 2, y - height / 2, width, height, 3);
  ctx.fillStyle = colours.board;
  ctx.beginPath();
  trace();
  ctx.fill();
  line(sheet, tones.line, 3.6, trace);
  setType(sheet, words, x, y - height * 0.02, {
    size: height * 0.68,
    colour: colours.words,
    fit: width * 0.86,
  });
}
