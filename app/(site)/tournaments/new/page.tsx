import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../../_lib/viewer';
import { CreateForm } from '../../../_tournaments/create-form';
import { Page } from '../../../_ui/page';
import { PageTitle } from '../../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tournaments'))('create') };
}

export default async function NewTournamentPage() {
  if (!(await getViewer())) redirect('/login?next=/tournaments/new');
  const t = await getTranslations('tournaments');
  return (
    <Page>
      <PageTitle title={t('create')}>{t('form.lead')}</PageTitle>
      <CreateForm />
    </Page>
  );
}
