import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { nameForPage } from '@/server/trpc/tournament-room';
import { getViewer } from '../../../_lib/viewer';
import { RoomScreen } from '../../../_tournaments/rooms/room-screen';
import { fighterCards } from '../../../_ui/fighters';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = await nameForPage('room', decodeURIComponent((await params).id));
  return { title: name ?? (await getTranslations('rooms'))('one') };
}

export default async function RoomPage({ params }: Props) {
  const { id } = await params;
  return (
    <RoomScreen
      roomId={decodeURIComponent(id)}
      myPlayerId={(await getViewer())?.playerId}
      fighters={await fighterCards()}
    />
  );
}
