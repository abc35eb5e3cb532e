import { bawi } from './bawi/figure';
import { garam } from './garam/figure';
import type { Look } from './look';

/** How each character of the roster looks, by its slug. */
const LOOKS: Readonly<Record<string, Look>> = { garam, bawi };

/** A character's look; one that has none yet borrows Garam's, so a new fighter can be tried before it is drawn. */
export function lookOf(slug: string): Look {
  return LOOKS[slug] ?? garam;
}
