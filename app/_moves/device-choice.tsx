'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { DEVICES, type Device } from './labels';
import { useDevice } from './use-device';

const never = () => () => undefined;

/** Shows what is inside for one device: the one in use, until another is chosen. */
export function DeviceChoice({ children }: { children: ReactNode }) {
  const t = useTranslations('moves.devices');
  const inUse = useDevice();
  const [chosen, setChosen] = useState<Device>();
  // Until the page runs, the style sheet goes by the kind of pointer.
  const runs = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const shown = chosen ?? inUse;
  return (
    <div className="group/device" data-device={runs ? shown : 'auto'}>
      <fieldset className="mb-6 flex flex-wrap gap-2">
        <legend className="sr-only">{t('choose')}</legend>
        {DEVICES.map((device) => (
          <label key={device} className="cursor-pointer">
            <input
              type="radio"
              name="device"
              value={device}
              checked={device === shown}
              onChange={() => setChosen(device)}
              className="peer sr-only"
            />
            <span className="block border-2 border-edge px-4 py-2 font-semibold peer-checked:bg-text peer-checked:text-ground peer-focus-visible:outline-3 peer-focus-visible:outline-offset-3 peer-focus-visible:outline-(--focus)">
              {t(device)}
            </span>
          </label>
        ))}
      </fieldset>
      {children}
    </div>
  );
}
