'use client';

import { useTranslations } from 'next-intl';
import { STANCES } from '../../proto/situation';
import { Button } from '../_ui/button';
import type { Stance } from './dummy';
import './practice.css';

/** What is shown over the stage. */
export interface Shows {
  readonly boxes: boolean;
  readonly inputs: boolean;
}

/** What the dummy does and what is shown, at hand all the time. */
export function PracticePanel({
  stance,
  onStance,
  shows,
  onShows,
  onReset,
}: {
  stance: Stance;
  onStance: (stance: Stance) => void;
  shows: Shows;
  onShows: (shows: Shows) => void;
  onReset: () => void;
}) {
  const t = useTranslations('practice');
  return (
    <section aria-label={t('panel')} className="practice-panel">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t('dummyDoes')}</legend>
        {STANCES.map((name) => (
          <Toggle
            key={name}
            isOn={name === stance}
            onClick={() => onStance(name)}
            text={t(`stances.${name}`)}
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap gap-1">
        <Toggle
          isOn={shows.boxes}
          onClick={() => onShows({ ...shows, boxes: !shows.boxes })}
          text={t('boxes')}
        />
        <Toggle
          isOn={shows.inputs}
          onClick={() => onShows({ ...shows, inputs: !shows.inputs })}
          text={t('inputs')}
        />
        <Button small onClick={onReset}>
          {t('reset')} <kbd className="font-mono text-data pointer-coarse:hidden">R</kbd>
        </Button>
      </div>
    </section>
  );
}

function Toggle({ isOn, onClick, text }: { isOn: boolean; onClick: () => void; text: string }) {
  return (
    <Button small aria-pressed={isOn} className={isOn ? 'bg-text! text-ground!' : ''} onClick={onClick}>
      {text}
    </Button>
  );
}
