import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { DeviceChoice } from '../../../_moves/device-choice';
import { MoveList } from '../../../_moves/move-list';
import { cx } from '../../../_ui/cx';
import { fighterCards } from '../../../_ui/fighters';
import { Page } from '../../../_ui/page';
import { PageTitle } from '../../../_ui/page-title';

interface Props {
  params: Promise<{ character: string }>;
}

async function characterOf({ params }: Props) {
  const { character } = await params;
  return CHARACTERS.find(({ slug }) => slug === character);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const character = await characterOf(props);
  if (!character) return {};
  const fighters = await getTranslations('fighters');
  return { title: (await getTranslations('moves'))('own', { name: fighters(`${character.slug}.name`) }) };
}

/** Everything that can be played with one fighter. */
export default async function CharacterMovesPage(props: Props) {
  const character = await characterOf(props);
  if (!character) notFound();
  const t = await getTranslations('moves');
  const fighters = await fighterCards();
  const name = fighters.find(({ id }) => id === character.id)?.name ?? '';
  return (
    <Page>
      <PageTitle title={t('own', { name })}>{t('lead')}</PageTitle>
      <nav aria-label={t('fighters')} className="mb-4 flex flex-wrap gap-2">
        {fighters.map((fighter) => (
          <Link
            key={fighter.id}
            href={`/moves/${fighter.slug}`}
            aria-current={fighter.id === character.id ? 'page' : undefined}
            className={cx(
              'cut px-4 py-2 font-poster text-lead',
              fighter.id === character.id ? 'bg-text text-ground' : 'hover:bg-line/60',
            )}
          >
            {fighter.name}
          </Link>
        ))}
      </nav>
      <DeviceChoice>
        <MoveList character={character.id} device="any" />
      </DeviceChoice>
    </Page>
  );
}
