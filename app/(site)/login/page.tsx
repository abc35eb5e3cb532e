import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { destinationAfterLogin } from '../../_auth/after-login';
import { AuthCard } from '../../_auth/auth-card';
import { LoginForm } from '../../_auth/login-form';
import { getViewer, isUnnamed } from '../../_lib/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('login') };
}

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string; error?: string }>;
}) {
  const { next, error } = await searchParams;
  const destination = destinationAfterLogin(next);
  if (await getViewer()) redirect(destination);
  if (await isUnnamed()) redirect('/name');
  const t = await getTranslations('auth');
  return (
    <AuthCard
      title={t('login')}
      foot={t.rich('noAccount', {
        link: (words) => (
          <Link href={`/register?next=${encodeURIComponent(destination)}`} className="link text-text">
            {words}
          </Link>
        ),
      })}
    >
      <LoginForm
        next={destination}
        fault={error && t(error === 'banned' ? 'refused.account.banned' : 'fault.provider')}
      />
    </AuthCard>
  );
}
