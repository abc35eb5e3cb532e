'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { relayOnly } from './relay-only';

/** The player's own choice between the shortest way and an address that no opponent learns. */
export function RelayOnlySwitch() {
  const t = useTranslations('lobby.connection');
  const isOn = useSyncExternalStore(relayOnly.subscribe, relayOnly.get, () => false);
  return (
    <label className="flex min-h-11 items-start gap-3 py-2">
      <input
        type="checkbox"
        className="mt-0.5 size-5 shrink-0"
        checked={isOn}
        onChange={({ target }) => relayOnly.set(target.checked)}
      />
      <span>
        <span className="block font-semibold">{t('relayOnly')}</span>
        <span className="block text-data text-quiet">{t('relayOnlyHint')}</span>
      </span>
    </label>
  );
}
