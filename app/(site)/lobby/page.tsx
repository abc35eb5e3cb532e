import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../_lib/viewer';
import { Lobby } from '../../_lobby/lobby';
import { AloneLinks } from '../../_practice/alone-links';
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
            <AloneLinks gold />
          </div>
        }
      />
      <Lobby fighters={await fighterCards()} />
    </Page>
  );
}
