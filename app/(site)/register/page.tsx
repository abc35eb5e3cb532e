import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { destinationAfterLogin } from '../../_auth/after-login';
import { AuthCard } from '../../_auth/auth-card';
import { RegisterForm } from '../../_auth/register-form';
import { getViewer, isUnnamed } from '../../_lib/viewer';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('register') };
}

export default async function RegisterPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const destination = destinationAfterLogin((await searchParams).next);
  if (await getViewer()) redirect(destination);
  if (await isUnnamed()) redirect('/name');
  const t = await getTranslations('auth');
  return (
    <AuthCard
      title={t('register')}
      foot={t.rich('haveAccount', {
        link: (words) => (
          <Link href={`/login?next=${encodeURIComponent(destination)}`} className="link text-text">
            {words}
          </Link>
        ),
      })}
    >
      <RegisterForm next={destination} />
    </AuthCard>
  );
}
