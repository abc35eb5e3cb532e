/** The inks of the stage. It is a printed poster in both themes, so these don't change with the page's theme. */
export const INK = '#14121a';
export const PAPER = '#f4ecdc';
export const GOLD = '#ffc53d';
export const SKIN = '#f2cfa4';

/** Flat colours one figure is printed with. */
export interface Inks {
  readonly cloth: string;
  /** The same cloth in shade. */
  readonly clothShade: string;
  readonly skin: string;
  readonly skinShade: string;
  readonly light: string;
  readonly lightShade: string;
  readonly dark: string;
  readonly wood: string;
  readonly line: string;
}

function playerInks(cloth: string, clothShade: string): Inks {
  return {
    cloth,
    clothShade,
    skin: SKIN,
    skinShade: '#c98f63',
    light: PAPER,
    lightShade: '#b9ab94',
    dark: '#2a2633',
    wood: '#b97a3e',
    line: INK,
  };
}

/** A figure that is one silhouette in `ink`, outlined in `line`. */
export function oneInk(ink: string, line: string): Inks {
  return {
    cloth: ink,
    clothShade: ink,
    skin: ink,
    skinShade: ink,
    light: ink,
    lightShade: ink,
    dark: ink,
    wood: ink,
    line,
  };
}

/** Player 1's vermilion and player 2's cobalt. */
export const PLAYER_COLOURS = ['#ff5a36', '#3d8bff'] as const;

export const PLAYER_INKS = [playerInks('#ff5a36', '#a82f16'), playerInks('#3d8bff', '#1a4796')] as const;

/** A figure that was just hit. */
export const FLASH_INKS = oneInk(PAPER, INK);

/** A figure on the knock-out poster. */
export const POSTER_INKS = oneInk(INK, PAPER);
