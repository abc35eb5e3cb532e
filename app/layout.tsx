import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { processConfig } from '@/server/config';
import { commonMessages } from './_i18n/common-messages';
import { THEME_COOKIE, themeOf } from './_lib/preferences';
import { TrpcProvider } from './_lib/trpc';
import { getViewer } from './_lib/viewer';
import { LineKeeper } from './_lobby/line-keeper';
import { fighterCards } from './_ui/fighters';
import { FirstFaces } from './_ui/first-faces';
import { NoticeList } from './_ui/notice-list';
import { OtherScripts } from './_ui/other-scripts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('meta');
  return {
    title: { default: t('title'), template: `%s · ${t('title')}` },
    description: t('description'),
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#14121a' },
    { media: '(prefers-color-scheme: light)', color: '#f4ecdc' },
  ],
};

/** What every page has, the fight included: language, theme, clients, notices. The head is in (site). */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const locale = await getLocale();
  const viewer = await getViewer();
  return (
    <html lang={locale} data-theme={theme} data-signaling-url={processConfig().SIGNALING_URL}>
      <body>
        <FirstFaces />
        <NextIntlClientProvider messages={commonMessages(await getMessages())}>
          <TrpcProvider>
            {children}
            <LineKeeper playerId={viewer?.playerId ?? null} fighters={await fighterCards()} />
            <NoticeList />
            <OtherScripts />
          </TrpcProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
