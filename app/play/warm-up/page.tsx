import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '@/app/_lib/viewer';
import { WarmUp } from '@/app/_quick/warm-up';
import { fighterCards } from '@/app/_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quick'))('warmUp') };
}

/** A fight against a bot until the opponent of a quick match is there. */
export default async function WarmUpPage() {
  if (!(await getViewer())) redirect('/login?next=/lobby');
  return <WarmUp fighters={await fighterCards()} />;
}
