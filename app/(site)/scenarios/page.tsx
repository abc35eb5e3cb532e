import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ScenarioList } from '../../_scenarios/scenario-list';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scenarios'))('title') };
}

export default async function ScenariosPage() {
  const t = await getTranslations('scenarios');
  return (
    <>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <ScenarioList />
    </>
  );
}
