import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../_lib/viewer';
import { Coins } from '../../_tournaments/coins';
import { TournamentLists } from '../../_tournaments/tournament-list';
import { ButtonLink } from '../../_ui/button';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tournaments'))('title') };
}

export default async function TournamentsPage() {
  const t = await getTranslations('tournaments');
  const viewer = await getViewer();
  return (
    <Page>
      <PageTitle
        title={t('title')}
        aside={
          <div className="flex flex-wrap gap-3">
            {viewer ? <Coins /> : null}
            <ButtonLink href="/rooms">{t('toRooms')}</ButtonLink>
            <ButtonLink tone="gold" href={viewer ? '/tournaments/new' : '/login?next=/tournaments/new'}>
              {t('create')}
            </ButtonLink>
          </div>
        }
      >
        {t('lead')}
      </PageTitle>
      <TournamentLists />
    </Page>
  );
}
