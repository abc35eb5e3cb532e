'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Input } from '../../engine/fighter/inputs';
import type { TouchDevice } from '../_match/devices/touch';
import { bindTouchSurface } from '../_match/devices/touch-surface';
import './touch-controls.css';

/** In reading order; the blows lie in the lower row, where a thumb rests. */
const BUTTONS = [
  { key: 'throw', bits: Input.Throw },
  { key: 'super', bits: Input.Heavy | Input.Special },
  { key: 'light', bits: Input.Light },
  { key: 'heavy', bits: Input.Heavy },
  { key: 'special', bits: Input.Special },
] as const;

/** A direction pad and five buttons at the thumbs; shown only where the pointer is a finger. */
export function TouchControls({ device }: { device: TouchDevice }) {
  const t = useTranslations('play.buttons');
  const surface = useRef<HTMLDivElement>(null);
  useEffect(() => (surface.current ? bindTouchSurface(surface.current, device) : undefined), [device]);

  return (
    <div ref={surface} data-testid="touch-controls" className="touch-controls">
      <div role="application" aria-label={t('directions')} data-steer="" className="touch-pad">
        <span aria-hidden="true" />
      </div>
      <div className="touch-buttons">
        {BUTTONS.map(({ key, bits }) => (
          <button key={key} type="button" data-press={bits} className={`touch-${key}`}>
            {t(key)}
          </button>
        ))}
      </div>
    </div>
  );
}
