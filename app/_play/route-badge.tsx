'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { Route } from '../../proto/sessions';
import type { Store } from '../_line/store';

const never = () => () => undefined;

/** By which way the two browsers reach each other; undefined before there is a match. */
export function useRoute(route: Store<Route> | undefined): Route | undefined {
  return useSyncExternalStore(
    route?.subscribe ?? never,
    () => route?.get(),
    () => undefined,
  );
}

/** A small word under the fight's clock where the way is not the shortest: what the lag may come from. */
export function RouteBadge({ route }: { route: Route }) {
  const t = useTranslations('play.routes');
  return (
    <p
      data-testid="route"
      data-route={route}
      title={t('title')}
      className={
        route === 'direct'
          ? 'sr-only'
          : 'pointer-events-none absolute top-[max(5.5rem,17%)] left-1/2 z-10 -translate-x-1/2 whitespace-nowrap border border-edge bg-ground/80 px-2 py-0.5 font-mono text-data text-quiet'
      }
    >
      <span className="sr-only">{t('title')}: </span>
      {t(route)}
    </p>
  );
}
