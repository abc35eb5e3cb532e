'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { CONDITION_PRESETS, type ConditionName, isConditionName } from '../_match/conditions';
import type { PadInfo, Pads } from '../_match/devices/pads';
import { MoveList } from '../_moves/move-list';
import { useDevice } from '../_moves/use-device';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { SelectField } from '../_ui/field';
import { PadLesson } from './pad-lesson';
import { PadSettings } from './pad-settings';
import type { FightPauses } from './use-pauses';

export interface MatchMenuProps {
  /** Whose moves to list: id in the roster. */
  character: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  conditions: ConditionName;
  onConditions: (name: ConditionName) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  /** Undefined before the match has opened its devices. */
  pads: Pads | undefined;
  /** Undefined while the two don't fight. */
  pause: Pick<FightPauses, 'askedBy' | 'left' | 'ask'> | undefined;
  /** Both have agreed to a pause. */
  isPaused: boolean;
  /** Undefined when there is nothing left to give up. */
  onLeave: (() => void) | undefined;
}

/**
 * The menu behind Esc. The fight goes on meanwhile: a match between two people is held only where both agree. What it is
 * opened for stands first, so that no screen is too low for it.
 */
export function MatchMenu({ open, onOpenChange, pads, isPaused, ...rest }: MatchMenuProps) {
  const t = useTranslations('play.menu');
  const padTexts = useTranslations('play.pads');
  const [lesson, setLesson] = useState<PadInfo>();
  const endLesson = useCallback(() => setLesson(undefined), []);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        endLesson();
        onOpenChange(next);
      }}
      title={lesson ? padTexts('lesson') : t('title')}
      description={t(isPaused ? 'isPaused' : 'goesOn')}
    >
      {lesson && pads ? (
        <PadLesson pads={pads} pad={lesson} onDone={endLesson} />
      ) : (
        <Settings {...rest} pads={pads} onTeach={setLesson} onClose={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
}

function Settings({
  character,
  conditions,
  onConditions,
  muted,
  onMuted,
  pads,
  pause,
  onLeave,
  onTeach,
  onClose,
}: Omit<MatchMenuProps, 'open' | 'onOpenChange' | 'isPaused'> & {
  onTeach: (pad: PadInfo) => void;
  onClose: () => void;
}) {
  const t = useTranslations('play.menu');
  const device = useDevice();
  const padTexts = useTranslations('play.pads');
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button onClick={onClose}>{t('resume')}</Button>
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {muted ? t('unmute') : t('mute')}
        </Button>
        {pause ? <AskForPause pause={pause} onAsked={onClose} /> : null}
        {onLeave ? <Button onClick={onLeave}>{t('leave')}</Button> : null}
      </div>
      {pause?.left === 0 ? (
        <p id={NO_PAUSES_ID} className="mt-2 text-data text-quiet">
          {t('noPauses')}
        </p>
      ) : null}
      <div className="mt-5 grid gap-5 short:mt-4 short:grid-cols-2 short:gap-x-8">
        <div>
          <SelectField
            label={t('network')}
            value={conditions}
            onChange={(event) => {
              if (isConditionName(event.target.value)) onConditions(event.target.value);
            }}
          >
            {Object.keys(CONDITION_PRESETS)
              .filter(isConditionName)
              .map((name) => (
                <option key={name} value={name}>
                  {t(`networks.${name}`)}
                </option>
              ))}
          </SelectField>
          <p className="mt-1 text-data text-quiet">{t('networkHint')}</p>
        </div>
        {pads ? (
          <section>
            <h3 className="mb-2 font-sans text-data font-semibold">{padTexts('title')}</h3>
            <PadSettings pads={pads} onTeach={onTeach} />
          </section>
        ) : null}
      </div>
      <div className="mt-8">
        <MoveList character={character} device={device} />
      </div>
    </>
  );
}

const NO_PAUSES_ID = 'no-pauses-left';

/** Asks for a pause, or agrees to the one that the opponent asks for. The fight goes on until both have said it. */
function AskForPause({
  pause,
  onAsked,
}: {
  pause: NonNullable<MatchMenuProps['pause']>;
  onAsked: () => void;
}) {
  const t = useTranslations('play.menu');
  return (
    <Button
      disabled={pause.left === 0 || pause.askedBy === 'self'}
      aria-describedby={pause.left === 0 ? NO_PAUSES_ID : undefined}
      onClick={() => {
        pause.ask();
        onAsked();
      }}
    >
      {t(pause.askedBy === 'opponent' ? 'acceptPause' : 'askForPause')}
    </Button>
  );
}
