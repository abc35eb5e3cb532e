'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../_ui/button';

/** Moves a thing among its like, or takes it out. */
export function MoveButtons({
  name,
  isFirst,
  isLast,
  onMove,
  onRemove,
}: {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  const t = useTranslations('scenarios.acts');
  return (
    <div className="flex flex-wrap gap-2">
      <Button small aria-label={t('up', { name })} disabled={isFirst} onClick={() => onMove(-1)}>
        ↑
      </Button>
      <Button small aria-label={t('down', { name })} disabled={isLast} onClick={() => onMove(1)}>
        ↓
      </Button>
      <Button small aria-label={t('removeNamed', { name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </div>
  );
}
