import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { comingForPage } from '@/server/trpc/tournament-room';
import { GuestButton } from '../_home/guest-button';
import { HomeFight } from '../_home/home-fight';
import { PosterGround } from '../_home/poster-ground';
import { getViewer } from '../_lib/viewer';
import { AloneLinks } from '../_practice/alone-links';
import { Coming } from '../_tournaments/coming';
import { ButtonLink } from '../_ui/button';
import { fighterCards } from '../_ui/fighters';

/** The poster: one sentence, one gold button, and a real fight running behind them. */
export default async function HomePage() {
  const t = await getTranslations('home');
  const viewer = await getViewer();
  const fighters = await fighterCards();
  return (
    <div className="relative isolate flex min-h-[34rem] grow short:min-h-0 flex-col justify-end overflow-hidden">
      <div className="absolute inset-x-0 top-0 bottom-[25rem] -z-10 md:bottom-64">
        <PosterGround />
        <HomeFight fighters={fighters} />
        {/* The paper rises over the picture in dots. */}
        <div
          aria-hidden="true"
          className="fade-down fade-up pointer-events-none absolute inset-x-0 bottom-0 h-[220px] bg-ground"
        />
      </div>
      <div className="pointer-events-none mx-auto w-full max-w-7xl px-4 pb-6 short:pt-4 md:px-6 short:md:pt-24 md:pb-8 short:md:pb-4">
        <h1 className="misprint misprint-hard text-[clamp(3.75rem,12.4vw,10rem)] leading-[0.82] uppercase md:whitespace-nowrap short:text-[clamp(2.5rem,9vw,6rem)]">
          {t('title1')} <br className="md:hidden short:hidden" />
          {t('title2')}
        </h1>
        <div className="mt-6 flex flex-wrap items-center justify-between gap-x-12 gap-y-5 md:mt-9 short:mt-3 short:gap-y-2">
          <p className="max-w-xl text-lead font-semibold text-balance">{t('sentence')}</p>
          <div className="pointer-events-auto flex flex-wrap items-start gap-x-3 gap-y-3 short:gap-y-2">
            {viewer ? (
              <ButtonLink href="/lobby" tone="gold" className="min-h-14 px-7">
                {t('enter', { name: viewer.playerName })}
              </ButtonLink>
            ) : (
              <>
                <GuestButton className="min-h-14 px-7" />
                <Link
                  href="/login"
                  className="link order-last grid min-h-14 place-items-center font-semibold short:min-h-11"
                >
                  {t('login')}
                </Link>
              </>
            )}
            <AloneLinks prefetch className="min-h-14 px-5 short:min-h-11" />
          </div>
        </div>
        <Coming known={await comingForPage()} className="pointer-events-auto mt-6 short:mt-4" />
      </div>
    </div>
  );
}
