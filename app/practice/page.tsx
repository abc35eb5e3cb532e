import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '@/app/_lib/viewer';
import { PracticeScreen } from '@/app/_practice/practice-screen';
import { fighterCards } from '@/app/_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('practice'))('title') };
}

/** Practice against a dummy, in this browser alone: nobody has to be logged in. */
export default async function PracticePage() {
  const viewer = await getViewer();
  return <PracticeScreen fighters={await fighterCards()} exit={viewer ? '/lobby' : '/'} />;
}
