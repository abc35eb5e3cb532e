import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../_lib/viewer';
import { RoomForm } from '../../_tournaments/rooms/room-form';
import { RoomList } from '../../_tournaments/rooms/room-list';
import { ButtonLink } from '../../_ui/button';
import { fighterCards } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';
import { Section } from '../../_ui/sheet';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('rooms'))('title') };
}

export default async function RoomsPage() {
  const t = await getTranslations('rooms');
  return (
    <Page>
      <PageTitle title={t('title')} aside={<ButtonLink href="/tournaments">{t('toTournaments')}</ButtonLink>}>
        {t('lead')}
      </PageTitle>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,1.9fr)_minmax(0,1fr)]">
        <RoomList />
        <Section title={t('openOne')}>
          <RoomForm fighters={await fighterCards()} isSignedIn={(await getViewer()) !== null} />
        </Section>
      </div>
    </Page>
  );
}
