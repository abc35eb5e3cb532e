import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LadderList } from '../../_arcade/ladder-list';
import { ScoreTable } from '../../_arcade/score-table';
import { getViewer } from '../../_lib/viewer';
import { fighterCards } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('arcade'))('title') };
}

/** The ladders, the runs that go on, and the highest scores. */
export default async function ArcadePage() {
  const t = await getTranslations('arcade');
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-y-10">
        <LadderList fighters={await fighterCards()} isSignedIn={(await getViewer()) !== null} />
        <ScoreTable />
      </div>
    </Page>
  );
}
