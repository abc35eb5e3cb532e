import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getViewer } from '../../_lib/viewer';
import { WalletHistory } from '../../_tournaments/wallet-history';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('wallet'))('title') };
}

export default async function WalletPage() {
  if (!(await getViewer())) redirect('/login?next=/wallet');
  const t = await getTranslations('wallet');
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <WalletHistory />
    </Page>
  );
}
