'use client';

import { useTranslations } from 'next-intl';
import type { RunView } from '@/server/arcade/views';
import { Dialog } from '../_ui/dialog';
import { ItemList } from './item-list';
import { Meter } from './meter';
import { Face } from './pictures';
import { useWords } from './use-words';

/** What was earned on the way, and who thinks what of the player. */
export function RunMenu({
  run,
  open,
  onOpenChange,
}: {
  run: RunView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations('arcade');
  const { of } = useWords();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('bagTitle')}>
      {run.items.length === 0 ? <p className="text-quiet">{t('bagEmpty')}</p> : null}
      <ItemList items={run.items} />
      <h3 className="mt-5 mb-2 text-heading">{t('bonds')}</h3>
      <ul className="grid gap-3">
        {run.bonds.map(({ id, name, look, affinity, isDeparted }) => (
          <li key={id} className="arcade-said items-center">
            <Face look={look} name={of(name)} />
            <p className="flex flex-wrap items-center gap-x-3">
              <span className="font-semibold">{of(name)}</span>
              {isDeparted ? <span className="text-quiet">{t('gone')}</span> : null}
              <Meter value={affinity} label={t('affinityOf', { name: of(name) })} />
              <span className="figure text-data">{affinity}</span>
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
