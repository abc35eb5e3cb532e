import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../../../_lib/viewer';
import { EditForm } from '../../../../_tournaments/desk/edit-form';
import { Page } from '../../../../_ui/page';
import { PageTitle } from '../../../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tournaments.edit'))('title') };
}

export default async function EditTournamentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!(await getViewer())) redirect(`/login?next=${encodeURIComponent(`/tournaments/${id}/edit`)}`);
  const t = await getTranslations('tournaments.edit');
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <EditForm tournamentId={decodeURIComponent(id)} />
    </Page>
  );
}
