import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../../_lib/viewer';
import { RoomScreen } from '../../../_tournaments/rooms/room-screen';
import { fighterCards } from '../../../_ui/fighters';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rooms'))('one') };
}

export default async function RoomPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <RoomScreen
      roomId={decodeURIComponent(id)}
      myPlayerId={(await getViewer())?.playerId}
      fighters={await fighterCards()}
    />
  );
}
