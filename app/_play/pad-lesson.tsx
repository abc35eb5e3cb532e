'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { createPadLearner, type PadLearner } from '../_match/devices/learn-pad';
import { CONTROLS, type Control } from '../_match/devices/pad-mapping';
import type { PadInfo, Pads } from '../_match/devices/pads';
import { Button } from '../_ui/button';

/** Teaches a pad by pressing: asks for every control, then keeps what was pressed. */
export function PadLesson({ pads, pad, onDone }: { pads: Pads; pad: PadInfo; onDone: () => void }) {
  const t = useTranslations('play.pads');
  const [learner, setLearner] = useState<PadLearner>();
  const [wanted, setWanted] = useState<Control | undefined>(CONTROLS[0]);

  useEffect(() => {
    const rest = pads.look(pad.index);
    if (!rest) return onDone();
    const started = createPadLearner(rest);
    setLearner(started);
    let request = requestAnimationFrame(function look() {
      const now = pads.look(pad.index);
      // It was unplugged: there is nothing to teach.
      if (!now) return onDone();
      started.look(now);
      setWanted(started.wanted());
      if (started.wanted()) request = requestAnimationFrame(look);
      else {
        pads.teach(pad.id, started.mapping());
        onDone();
      }
    });
    return () => cancelAnimationFrame(request);
  }, [pads, pad.index, pad.id, onDone]);

  const step = wanted ? CONTROLS.indexOf(wanted) + 1 : CONTROLS.length;
  return (
    <div>
      <p role="status" className="font-poster text-title">
        {wanted ? t(`press.${wanted}`) : null}
      </p>
      <p className="mt-2 text-quiet">{t('step', { step, steps: CONTROLS.length })}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button onClick={onDone}>{t('cancel')}</Button>
        {learner?.canSkip() ? <Button onClick={() => learner.skip()}>{t('skip')}</Button> : null}
      </div>
    </div>
  );
}
