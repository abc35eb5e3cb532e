'use client';

import { useTranslations } from 'next-intl';
import type en from '../_i18n/en.json';
import { trpc } from '../_lib/trpc';

const RENEW_MS = 2_000;

/** Every service, asked for again and again while somebody looks. */
export function useServices() {
  return trpc.admin.services.useQuery(undefined, { refetchInterval: RENEW_MS });
}

type Board = NonNullable<ReturnType<typeof useServices>['data']>;
export type ServiceState = Board['services'][number];
export type WayState = ServiceState['ways'][number];

type Known = keyof typeof en.admin.services.of;

/** Words for a service: its name, and what its trouble means for those who play. */
export function useServiceWords() {
  const t = useTranslations('admin.services');
  const keyOf = (name: string): Known | undefined => {
    const key = name.replaceAll(' ', '-') as Known;
    return t.has(`of.${key}.name`) ? key : undefined;
  };
  return {
    nameOf(name: string): string {
      const key = keyOf(name);
      return key ? t(`of.${key}.name`) : name;
    },
    meaningOf(name: string): string | undefined {
      const key = keyOf(name);
      return key ? t(`of.${key}.means`) : undefined;
    },
  };
}
