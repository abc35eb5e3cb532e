import type { Inks } from '../../_stage/palette';
import type { Pen } from '../../_stage/pen';
import type { Mood, PersonLook } from '../ids';
import { PEOPLE } from './people';

export interface Bust {
  /** Where the lower edge of the shoulders is, and how large a unit of theirs is. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** 1 looks to the right. */
  readonly facing?: 1 | -1;
  readonly mood: Mood;
  /** By default their own. */
  readonly inks?: Inks;
}

/** How far below the middle of the head a bust ends. */
const SHOULDERS_UNITS = 62;

/** Somebody from the chest up, anywhere on a picture. Expects y upwards. */
export function drawBust({ pen }: { readonly pen: Pen }, look: PersonLook, bust: Bust): void {
  const person = PEOPLE[look];
  const { ctx } = pen;
  ctx.save();
  ctx.translate(bust.x, bust.y);
  ctx.scale(bust.zoom * (bust.facing ?? 1), bust.zoom);
  ctx.translate(0, SHOULDERS_UNITS);
  pen.inks = bust.inks ?? person.inks;
  person.body(pen);
  person.head(pen, bust.mood);
  ctx.restore();
}
