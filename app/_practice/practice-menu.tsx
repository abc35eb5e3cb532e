'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Pads } from '../_match/devices/pads';
import { MoveList } from '../_moves/move-list';
import { useDevice } from '../_moves/use-device';
import { PadSection } from '../_play/pad-section';
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
  pads,
  exit,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fighters: readonly FighterCard[];
  choice: Choice;
  onChoice: (choice: Choice) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  pads: Pads | undefined;
  exit: string;
}) {
  const t = useTranslations('practice');
  const menu = useTranslations('play.menu');
  const device = useDevice();
  const [draft, setDraft] = useState(choice);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen and not begun is forgotten with the menu
  useEffect(() => setDraft(choice), [choice, open]);
  const isNew = draft.me !== choice.me || draft.rival !== choice.rival;
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={menu('title')} description={t('practiceHint')}>
      <div className="flex flex-wrap gap-3">
        <Button {...(isNew ? {} : { tone: 'gold' })} onClick={() => onOpenChange(false)}>
          {t('goOn')}
        </Button>
        {isNew ? (
          <Button tone="gold" onClick={() => onChoice(draft)}>
            {t('practiseNew')}
          </Button>
        ) : null}
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
          value={draft.me}
          onChange={(me) => setDraft({ ...draft, me })}
        />
        <FighterSelect
          label={t('dummy')}
          fighters={fighters}
          value={draft.rival}
          onChange={(rival) => setDraft({ ...draft, rival })}
        />
      </div>
      {pads ? <PadSection pads={pads} className="mt-6" /> : null}
      <div className="mt-8">
        <MoveList character={draft.me} device={device} />
      </div>
    </Dialog>
  );
}
