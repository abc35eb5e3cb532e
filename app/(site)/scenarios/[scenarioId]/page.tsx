import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ScenarioPage } from '../../../_scenarios/scenario-page';
import { fighterCards } from '../../../_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('scenarios'))('editor') };
}

export default async function EditorPage({ params }: { params: Promise<{ scenarioId: string }> }) {
  const t = await getTranslations('scenarios');
  const { scenarioId } = await params;
  return (
    <>
      <p className="mb-3 text-data">
        <Link href="/scenarios" className="link">
          {t('toList')}
        </Link>
      </p>
      <h1 className="mb-5 text-heading">{t('editor')}</h1>
      <ScenarioPage key={scenarioId} name={scenarioId} fighters={await fighterCards()} />
    </>
  );
}
