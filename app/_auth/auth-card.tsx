import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { processConfig } from '@/server/auth/settings';
import { GuestButton } from '../_home/guest-button';
import { OAuthButton } from './oauth-button';

const OAUTH = [
  { id: 'github', name: 'GitHub', key: 'GITHUB' },
  { id: 'google', name: 'Google', key: 'GOOGLE' },
  { id: 'discord', name: 'Discord', key: 'DISCORD' },
] as const;

/** The sheet around logging in and registering: title, form, the other ways in. */
export async function AuthCard({
  title,
  children,
  foot,
}: {
  title: ReactNode;
  children: ReactNode;
  foot: ReactNode;
}) {
  const t = await getTranslations('auth');
  const config = processConfig();
  const providers = OAUTH.filter(({ key }) => config[`${key}_CLIENT_ID`] && config[`${key}_CLIENT_SECRET`]);
  return (
    <div className="mx-auto grid w-full max-w-5xl grow content-center gap-x-16 gap-y-8 px-4 py-10 md:grid-cols-[1fr_26rem] md:px-6">
      <div className="relative self-center">
        <h1 className="misprint misprint-hard text-title uppercase md:text-[5.5rem] md:leading-[0.85]">
          {title}
        </h1>
        <div aria-hidden="true" className="mt-6 hidden h-3 md:flex">
          <span className="w-24 bg-p1" />
          <span className="fade-right w-[220px] bg-p1" />
        </div>
        <p className="mt-6 max-w-sm text-quiet">{foot}</p>
      </div>
      <div className="sheet sheet-lifted p-6">
        {children}
        <div className="my-6 flex items-center gap-3 text-data text-quiet">
          <span className="h-0.5 grow bg-line" />
          {t('or')}
          <span className="h-0.5 grow bg-line" />
        </div>
        <div className="grid gap-3">
          <GuestButton tone="plain" className="w-full" />
          {providers.map(({ id, name }) => (
            <OAuthButton key={id} provider={id} name={name} />
          ))}
        </div>
      </div>
    </div>
  );
}
