'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { STRENGTH_NAMES } from '../../engine/bots/strengths';
import type { Pads } from '../_match/devices/pads';
import { MoveList } from '../_moves/move-list';
import { useDevice } from '../_moves/use-device';
import { PadSection } from '../_play/pad-section';
import { Button, ButtonLink } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import type { Choice } from './choice';
import { FighterSelect } from './fighter-select';

/** The menu behind Esc. The fight stands still meanwhile. */
export function BotMenu({
  open,
  onOpenChange,
  fighters,
  choice,
  onChoice,
  muted,
  onMuted,
  pads,
  isOver,
  exit,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  fighters: readonly FighterCard[];
  choice: Choice;
  /** A new fight begins, with this choice. */
  onChoice: (choice: Choice) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  pads: Pads | undefined;
  isOver: boolean;
  exit: string;
}) {
  const t = useTranslations('practice');
  const menu = useTranslations('play.menu');
  const device = useDevice();
  const [draft, setDraft] = useState(choice);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen and not begun is forgotten with the menu
  useEffect(() => setDraft(choice), [choice, open]);
  const isNew = draft.me !== choice.me || draft.rival !== choice.rival || draft.strength !== choice.strength;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={menu('title')}
      {...(isOver ? {} : { description: t('standsStill') })}
    >
      <div className="flex flex-wrap gap-3">
        {isOver ? null : (
          <Button {...(isNew ? {} : { tone: 'gold' })} onClick={() => onOpenChange(false)}>
            {menu('resume')}
          </Button>
        )}
        <Button {...(isNew || isOver ? { tone: 'gold' } : {})} onClick={() => onChoice(draft)}>
          {isNew ? t('fightNew') : t('restart')}
        </Button>
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {muted ? menu('unmute') : menu('mute')}
        </Button>
        <ButtonLink href={exit}>{t('leave')}</ButtonLink>
      </div>
      <div className="mt-6 grid gap-4 sm:grid-cols-3 short:mt-4">
        <FighterSelect
          label={t('me')}
          fighters={fighters}
          value={draft.me}
          onChange={(me) => setDraft({ ...draft, me })}
        />
        <FighterSelect
          label={t('rival')}
          fighters={fighters}
          value={draft.rival}
          onChange={(rival) => setDraft({ ...draft, rival })}
        />
        <SelectField
          label={t('strength')}
          value={draft.strength}
          onChange={(event) => {
            const strength = STRENGTH_NAMES.find((name) => name === event.target.value);
            if (strength) setDraft({ ...draft, strength });
          }}
        >
          {STRENGTH_NAMES.map((name) => (
            <option key={name} value={name}>
              {t(`strengths.${name}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <p className="mt-2 text-data text-quiet">{t(`strengthHints.${draft.strength}`)}</p>
      {pads ? <PadSection pads={pads} className="mt-6" /> : null}
      <div className="mt-8">
        <MoveList character={draft.me} device={device} />
      </div>
    </Dialog>
  );
}
