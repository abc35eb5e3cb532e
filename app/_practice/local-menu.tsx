'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import type { Pads } from '../_match/devices/pads';
import { MoveList } from '../_moves/move-list';
import { useDevice } from '../_moves/use-device';
import { PadSection } from '../_play/pad-section';
import { Button, ButtonLink } from '../_ui/button';
import { cx } from '../_ui/cx';
import { Dialog } from '../_ui/dialog';
import type { FighterCard } from '../_ui/fighters';
import type { Choice } from './choice';
import { FighterSelect } from './fighter-select';

/** What the menu of every local match is told. */
export interface LocalMenuProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly fighters: readonly FighterCard[];
  readonly choice: Choice;
  /** It begins anew, with this choice. */
  readonly onChoice: (choice: Choice) => void;
  readonly muted: boolean;
  readonly onMuted: (muted: boolean) => void;
  readonly pads: Pads | undefined;
  /** Where leaving leads. */
  readonly exit: string;
}

/** A choice that is made in the menu and not begun yet; it is forgotten with the menu. */
export function useDraft({ choice, open }: Pick<LocalMenuProps, 'choice' | 'open'>) {
  const [draft, setDraft] = useState(choice);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening the menu begins a new draft
  useEffect(() => setDraft(choice), [choice, open]);
  return [draft, setDraft] as const;
}

/** The menu behind Esc of a local match, which stands still meanwhile. */
export function LocalMenu({
  open,
  onOpenChange,
  fighters,
  muted,
  onMuted,
  pads,
  exit,
  description,
  draft,
  onDraft,
  rival,
  actions,
  choices,
  hint,
}: Omit<LocalMenuProps, 'choice' | 'onChoice'> & {
  description?: string | undefined;
  draft: Choice;
  onDraft: (draft: Choice) => void;
  /** What the other one is called. */
  rival: string;
  /** What one can do next, before the sound and leaving. */
  actions: ReactNode;
  /** Further choices beside the two fighters. */
  choices?: ReactNode;
  /** What they mean. */
  hint?: string;
}) {
  const t = useTranslations('practice');
  const menu = useTranslations('play.menu');
  const device = useDevice();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={menu('title')}
      {...(description === undefined ? {} : { description })}
    >
      <div className="flex flex-wrap gap-3">
        {actions}
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {muted ? menu('unmute') : menu('mute')}
        </Button>
        <ButtonLink href={exit}>{t('leave')}</ButtonLink>
      </div>
      <div className={cx('mt-6 grid gap-4 short:mt-4', choices ? 'sm:grid-cols-3' : 'sm:grid-cols-2')}>
        <FighterSelect
          label={t('me')}
          fighters={fighters}
          value={draft.me}
          onChange={(me) => onDraft({ ...draft, me })}
        />
        <FighterSelect
          label={rival}
          fighters={fighters}
          value={draft.rival}
          onChange={(id) => onDraft({ ...draft, rival: id })}
        />
        {choices}
      </div>
      {hint === undefined ? null : <p className="mt-2 text-data text-quiet">{hint}</p>}
      {pads ? <PadSection pads={pads} className="mt-6" /> : null}
      <div className="mt-8">
        <MoveList character={draft.me} device={device} />
      </div>
    </Dialog>
  );
}
