'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';

/** The menu of a fight, which stands still meanwhile. */
export function FightMenu({
  open,
  onOpenChange,
  muted,
  onMuted,
  onGiveUp,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  onGiveUp: () => void;
}) {
  const t = useTranslations('arcade.fight');
  const [isAsking, setAsking] = useState(false);
  const change = (next: boolean) => {
    // A question that nobody has answered is not there the next time.
    setAsking(false);
    onOpenChange(next);
  };
  return (
    <Dialog open={open} onOpenChange={change} title={t('menu')} description={t('menuHint')}>
      <div className="flex flex-wrap gap-3">
        <Button tone="gold" onClick={() => change(false)}>
          {t('back')}
        </Button>
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {t(muted ? 'unmute' : 'mute')}
        </Button>
        <Button
          onClick={() => {
            if (isAsking) onGiveUp();
            setAsking(!isAsking);
          }}
        >
          {t(isAsking ? 'reallyGiveUp' : 'giveUp')}
        </Button>
      </div>
    </Dialog>
  );
}
