import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { accountDetails } from '@/server/auth/details';
import { AccountFacts } from '../../_account/account-facts';
import { DeleteAccount } from '../../_account/delete-account';
import { LogOutEverywhere } from '../../_account/log-out-everywhere';
import { PasswordForm } from '../../_account/password-form';
import { getViewer } from '../../_lib/viewer';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';
import { Section } from '../../_ui/sheet';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

export default async function AccountPage() {
  const viewer = await getViewer();
  const account = viewer && (await accountDetails(viewer.playerId));
  if (!account) redirect('/login?next=/account');
  const t = await getTranslations('account');
  const { name, hasPassword, isGuest } = account;
  return (
    <Page>
      <PageTitle title={t('title')}>{t('lead')}</PageTitle>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10 lg:grid-cols-2">
        <Section title={t('who')}>
          <AccountFacts account={account} />
        </Section>
        {hasPassword ? (
          <Section title={t('password.title')}>
            <PasswordForm name={name} />
          </Section>
        ) : null}
        <Section title={t('logOut.title')}>
          <LogOutEverywhere isGuest={isGuest} />
        </Section>
        <Section title={t('delete.title')}>
          <DeleteAccount name={name} hasPassword={hasPassword} />
        </Section>
      </div>
    </Page>
  );
}
