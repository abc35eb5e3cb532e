import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '@/app/_lib/viewer';
import { PracticeFrom } from '@/app/_practice/practice-from';
import { PracticeScreen } from '@/app/_practice/practice-screen';
import { fighterCards } from '@/app/_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('practice'))('title') };
}

/** Practice against a dummy, in this browser alone: nobody has to be logged in. */
export default async function PracticePage({
  searchParams,
}: {
  searchParams: Promise<{ readonly scenario?: string | readonly string[] }>;
}) {
  const viewer = await getViewer();
  const { scenario } = await searchParams;
  const exit = viewer ? '/lobby' : '/';
  const fighters = await fighterCards();
  if (typeof scenario !== 'string') return <PracticeScreen fighters={fighters} exit={exit} />;
  return <PracticeFrom scenarioId={scenario} fighters={fighters} exit={exit} />;
}
