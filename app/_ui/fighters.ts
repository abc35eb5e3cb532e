import { CHARACTERS } from '@/engine/fighter/characters/roster';

/** A fighter as the pages show it. */
export interface FighterCard {
  readonly id: number;
  readonly name: string;
  readonly blurb: string;
  readonly archetype: string;
  /** First syllable of the Korean name: the fighter's mark on posters. */
  readonly glyph: string;
}

/** Everyone who can fight, in the language of the page. For server components: frame data stays there. */
export function fighterCards(locale: string): FighterCard[] {
  return CHARACTERS.map(({ id, name, nameKo, blurb, blurbKo, archetype }) => ({
    id,
    name: locale === 'ko' ? nameKo : name,
    blurb: locale === 'ko' ? blurbKo : blurb,
    archetype,
    glyph: nameKo.slice(0, 1),
  }));
}
