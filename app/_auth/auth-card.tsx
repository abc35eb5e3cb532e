import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { GuestButton } from '../_home/guest-button';
import { PosterGround } from '../_home/poster-ground';
import { offeredProviders } from '../_server/oauth';
import { OAuthButton } from './oauth-button';

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
  const providers = offeredProviders();
  return (
    <div className="grid grow md:grid-cols-2">
      <div className="relative isolate flex min-h-44 short:min-h-24 flex-col justify-end overflow-hidden md:min-h-0">
        <div className="absolute inset-x-0 top-0 bottom-10 -z-10">
          <PosterGround />
        </div>
        <div
          aria-hidden="true"
          className="fade-down fade-up absolute inset-x-0 bottom-10 -z-10 h-[220px] bg-ground"
        />
        <h1 className="misprint misprint-hard bg-linear-to-t from-ground from-10% to-transparent to-10% px-4 text-title uppercase md:px-10 md:pb-10 md:text-[clamp(4rem,7.5vw,7rem)] md:leading-[0.85]">
          {title}
        </h1>
      </div>
      <div className="grid content-center justify-items-center px-4 py-8 short:content-start short:py-4 md:px-10">
        <div className="w-full max-w-md">
          <div className="sheet sheet-lifted p-6 short:p-4">
            <div className="grid gap-3">
              <GuestButton tone="plain" className="w-full" />
              {providers.map(({ id, name }) => (
                <OAuthButton key={id} provider={id} name={name} />
              ))}
            </div>
            <div className="my-6 flex items-center gap-3 text-data text-quiet">
              <span className="h-0.5 grow bg-line" />
              {t('or')}
              <span className="h-0.5 grow bg-line" />
            </div>
            {children}
          </div>
          <p className="mt-5 text-quiet">{foot}</p>
        </div>
      </div>
    </div>
  );
}
