import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { fighterCards } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';
import { Section } from '../../_ui/sheet';
import { ExhibitionForm } from '../../_watch/exhibition-form';
import { LiveFights } from '../../_watch/live-fights';
import { MatchListProvider } from '../../_watch/match-list';
import { RecentFights } from '../../_watch/recent-fights';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('watch'))('title') };
}

export default async function WatchPage() {
  const t = await getTranslations('watch');
  const fighters = await fighterCards();
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <div className="grid items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
        <div className="grid gap-10">
          <MatchListProvider>
            <Section title={t('now')}>
              <LiveFights limit={20} fighters={fighters} wide />
            </Section>
            <Section title={t('results')}>
              <RecentFights />
            </Section>
          </MatchListProvider>
        </div>
        <div id="exhibition">
          <Section title={t('exhibition')}>
            <ExhibitionForm fighters={fighters} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
