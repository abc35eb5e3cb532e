'use client';

import { useTranslations } from 'next-intl';
import { CONDITION_PRESETS, type ConditionName, isConditionName } from '../_match/conditions';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { SelectField } from '../_ui/field';

const KEYS = [
  { key: 'move', keys: 'W A S D · ← ↑ ↓ →' },
  { key: 'light', keys: 'J · Z' },
  { key: 'heavy', keys: 'K · X' },
  { key: 'special', keys: 'L · C' },
  { key: 'throw', keys: 'I · V' },
] as const;

/** The menu behind Esc. The fight goes on meanwhile: a match between two people can't be held. */
export function MatchMenu({
  open,
  onOpenChange,
  conditions,
  onConditions,
  muted,
  onMuted,
  onLeave,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  conditions: ConditionName;
  onConditions: (name: ConditionName) => void;
  muted: boolean;
  onMuted: (muted: boolean) => void;
  onLeave: (() => void) | undefined;
}) {
  const t = useTranslations('play.menu');
  const names = useTranslations('play.buttons');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} description={t('goesOn')}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {KEYS.map(({ key, keys }) => (
          <div key={key} className="contents">
            <dt>{names(key)}</dt>
            <dd className="font-mono text-quiet">{keys}</dd>
          </div>
        ))}
      </dl>
      <SelectField
        className="mt-5"
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
      <div className="mt-6 flex flex-wrap gap-3">
        <Button onClick={() => onOpenChange(false)}>{t('resume')}</Button>
        <Button aria-pressed={muted} onClick={() => onMuted(!muted)}>
          {muted ? t('unmute') : t('mute')}
        </Button>
        {onLeave ? <Button onClick={onLeave}>{t('leave')}</Button> : null}
      </div>
    </Dialog>
  );
}
