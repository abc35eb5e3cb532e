import type { Inks } from '../palette';

/** A thing's own colour, or the figure's one ink while it is printed in one: on the poster, or struck. */
export function tint(inks: Inks, colour: string): string {
  return inks.cloth === inks.skin ? inks.cloth : colour;
}

export const PINE = '#2f8f68';
export const PINE_SHADE = '#1d5a43';
export const STRAW = '#e3bd6b';
export const STRAW_SHADE = '#a97c33';
export const STONE = '#c3beb2';
export const STONE_SHADE = '#7e786c';
export const CHARM = '#ffe08a';
export const SEAL = '#d93a18';
export const IRON = '#7c828e';
export const IRON_SHADE = '#474b57';
