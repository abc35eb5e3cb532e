import { getTranslations } from 'next-intl/server';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import type { Archetype, FighterName } from '@/engine/fighter/characters/types';

/** A fighter as the pages show it. */
export interface FighterCard {
  readonly id: number;
  readonly slug: FighterName;
  readonly name: string;
  readonly blurb: string;
  readonly archetype: Archetype;
  /** First syllable of the Korean name: the fighter's mark on posters. */
  readonly glyph: string;
}

/** Everyone who can fight, in the language of the page. For server components: frame data stays there. */
export async function fighterCards(): Promise<FighterCard[]> {
  const t = await getTranslations('fighters');
  return CHARACTERS.map(({ id, slug, archetype }) => ({
    id,
    slug,
    name: t(`${slug}.name`),
    blurb: t(`${slug}.blurb`),
    archetype,
    glyph: t(`${slug}.glyph`),
  }));
}
