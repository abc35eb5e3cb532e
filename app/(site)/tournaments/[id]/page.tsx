import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nameForPage } from '@/server/trpc/tournament-room';
import { getViewer } from '../../../_lib/viewer';
import { TournamentScreen } from '../../../_tournaments/tournament-screen';
import { fighterCards } from '../../../_ui/fighters';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = await nameForPage('tournament', decodeURIComponent((await params).id));
  return { title: name ?? (await getTranslations('tournaments'))('one') };
}

export default async function TournamentPage({ params }: Props) {
  const { id } = await params;
  return (
    <TournamentScreen
      tournamentId={decodeURIComponent(id)}
      myPlayerId={(await getViewer())?.playerId}
      fighters={await fighterCards()}
    />
  );
}
