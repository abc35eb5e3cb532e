import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { fighterCards } from '../../../_ui/fighters';
import { charactersFrom } from '../../../_watch/watch-href';
import { WatchScreen } from '../../../_watch/watch-screen';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('watch'))('title') };
}

export default async function WatchMatchPage({
  params,
  searchParams,
}: {
  params: Promise<{ matchId: string }>;
  searchParams: Promise<{ p1?: string; p2?: string }>;
}) {
  const { matchId } = await params;
  const { p1, p2 } = await searchParams;
  return (
    <WatchScreen
      matchId={decodeURIComponent(matchId)}
      characters={charactersFrom(p1, p2)}
      fighters={await fighterCards()}
    />
  );
}
