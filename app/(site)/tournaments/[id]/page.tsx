import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../../_lib/viewer';
import { TournamentScreen } from '../../../_tournaments/tournament-screen';
import { fighterCards } from '../../../_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tournaments'))('one') };
}

export default async function TournamentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <TournamentScreen
      tournamentId={decodeURIComponent(id)}
      myPlayerId={(await getViewer())?.playerId}
      fighters={await fighterCards()}
    />
  );
}
