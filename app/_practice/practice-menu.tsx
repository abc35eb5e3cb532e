'use client';

import { useTranslations } from 'next-intl';
import { MoveList } from '../_moves/move-list';
import { useDevice } from '../_moves/use-device';
import { Button, ButtonLink } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import type { FighterCard } from '../_ui/fighters';
import type { Choice } from './choice';
import { FighterSelect } from './fighter-select';

/** The menu behind Esc; practice stands still meanwhile. */
export function PracticeMenu({
  open,
  onOpenChange,
  fighters,
  choice,
  onChoice,
  muted,
  onMuted,
  exit,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fighters: readonly FighterCard[];
  choice: Choice;
  onChoice: (choice: Choice) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  exit: string;
}) {
  const t = useTranslations('practice');
  const menu = useTranslations('play.menu');
  const device = useDevice();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={menu('title')} description={t('practiceHint')}>
      <div className="flex flex-wrap gap-3">
        <Button tone="gold" onClick={() => onOpenChange(false)}>
          {t('goOn')}
        </Button>
        <ButtonLink href="/play/bot">{t('fightBot')}</ButtonLink>
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {muted ? menu('unmute') : menu('mute')}
        </Button>
        <ButtonLink href={exit}>{t('leave')}</ButtonLink>
      </div>
      <div className="mt-6 grid gap-4 short:mt-4 sm:grid-cols-2">
        <FighterSelect
          label={t('me')}
          fighters={fighters}
          value={choice.me}
          onChange={(me) => onChoice({ ...choice, me })}
        />
        <FighterSelect
          label={t('dummy')}
          fighters={fighters}
          value={choice.rival}
          onChange={(rival) => onChoice({ ...choice, rival })}
        />
      </div>
      <div className="mt-8">
        <MoveList character={choice.me} device={device} />
      </div>
    </Dialog>
  );
}
