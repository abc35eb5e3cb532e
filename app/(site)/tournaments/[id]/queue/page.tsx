import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CHARACTERS } from '@/engine/fighter/characters/roster';
import { nameForPage } from '@/server/trpc/tournament-room';
import { getViewer } from '../../../../_lib/viewer';
import { WaitingRoomScreen } from '../../../../_tournaments/waiting-room';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = await nameForPage('tournament', decodeURIComponent((await params).id));
  const title = (await getTranslations('tournaments.waiting'))('title');
  return { title: name === undefined ? title : `${title} · ${name}` };
}

export default async function QueuePage({ params }: Props) {
  const { id } = await params;
  if (!(await getViewer())) redirect(`/login?next=${encodeURIComponent(`/tournaments/${id}/queue`)}`);
  return (
    <WaitingRoomScreen tournamentId={decodeURIComponent(id)} fighterIds={CHARACTERS.map((one) => one.id)} />
  );
}
