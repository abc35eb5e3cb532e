import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '@/app/_lib/viewer';
import { BotFight } from '@/app/_practice/bot-fight';
import { fighterCards } from '@/app/_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('practice'))('botTitle') };
}

/** A fight against a bot, in this browser alone: nobody has to be logged in. */
export default async function BotFightPage() {
  const viewer = await getViewer();
  return <BotFight fighters={await fighterCards()} exit={viewer ? '/lobby' : '/'} />;
}
