import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { comingForPage } from '@/server/trpc/tournament-room';
import { getViewer } from '../../_lib/viewer';
import { Lobby } from '../../_lobby/lobby';
import { AloneLinks } from '../../_practice/alone-links';
import { Coming } from '../../_tournaments/coming';
import { fighterCards } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('lobby'))('title') };
}

export default async function LobbyPage() {
  if (!(await getViewer())) redirect('/login?next=/lobby');
  const t = await getTranslations('lobby');
  return (
    <Page>
      <PageTitle
        title={t('title')}
        aside={
          <div className="flex flex-wrap gap-3">
            <AloneLinks />
          </div>
        }
      />
      <Coming known={await comingForPage()} className="mb-8" />
      <Lobby fighters={await fighterCards()} />
    </Page>
  );
}
