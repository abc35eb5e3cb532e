'use client';

import { useTranslations } from 'next-intl';
import type { PadInfo, Pads } from '../_match/devices/pads';
import { Button } from '../_ui/button';
import { padName } from './pad-name';
import { useConnectedPads } from './use-pads';

/** The connected pads, how each is read, and the way to teach one. */
export function PadSettings({ pads, onTeach }: { pads: Pads; onTeach: (pad: PadInfo) => void }) {
  const t = useTranslations('play.pads');
  const connected = useConnectedPads(pads);
  if (connected.length === 0) return <p className="text-data text-quiet">{t('none')}</p>;
  return (
    <ul className="grid gap-2">
      {connected.map((pad) => {
        const name = padName(pad.id) || t('pad');
        return (
          <li key={pad.index} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <div className="min-w-40 flex-1">
              <p className="truncate font-semibold">{name}</p>
              <p className="text-data text-quiet">{t(`layout.${pad.layout}`)}</p>
            </div>
            <div className="flex gap-2">
              {pad.layout === 'learned' ? (
                <Button small onClick={() => pads.forget(pad.id)}>
                  {t('forget')}
                </Button>
              ) : null}
              <Button small aria-label={t('teachName', { name })} onClick={() => onTeach(pad)}>
                {t('teach')}
              </Button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
