import type { FighterName } from '@/engine/fighter/characters/types';
import { bawi } from './bawi/figure';
import { garam } from './garam/figure';
import type { Look } from './look';

/** How each character of the roster looks. Nobody borrows another's look: one without its own does not compile. */
const LOOKS: Readonly<Record<FighterName, Look>> = { garam, bawi };

/** A character's look. */
export function lookOf(name: FighterName): Look {
  return LOOKS[name];
}
