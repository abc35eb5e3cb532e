import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../_lib/viewer';
import { StartForm } from '../../_training/start-form';
import { TrainingList } from '../../_training/training-list';
import { fighterCards } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';
import { Section } from '../../_ui/sheet';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('training'))('title') };
}

export default async function TrainingPage() {
  const t = await getTranslations('training');
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <div className="grid items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
        <Section title={t('trainings')}>
          <TrainingList />
        </Section>
        <Section title={t('startOne')}>
          <StartForm fighters={await fighterCards()} isSignedIn={(await getViewer()) !== null} />
        </Section>
      </div>
    </Page>
  );
}
