import { CHARACTERS } from './characters/roster';
import { HANDICAP_BOUNDS } from './handicap';

/** What the game takes, for whoever looks through a story before it is played. */
export const GAME_FACTS = {
  handicapBounds: HANDICAP_BOUNDS,
  characters: CHARACTERS.map(({ id }) => id),
};
