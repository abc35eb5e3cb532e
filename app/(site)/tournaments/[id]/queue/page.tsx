import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { getViewer } from '../../../../_lib/viewer';
import { WaitingRoomScreen } from '../../../../_tournaments/waiting-room';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tournaments.waiting'))('title') };
}

export default async function QueuePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!(await getViewer())) redirect(`/login?next=${encodeURIComponent(`/tournaments/${id}/queue`)}`);
  return (
    <WaitingRoomScreen tournamentId={decodeURIComponent(id)} fighterIds={CHARACTERS.map((one) => one.id)} />
  );
}
