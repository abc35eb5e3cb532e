'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import type { PadInfo, Pads } from '../_match/devices/pads';
import { PadLesson } from './pad-lesson';
import { PadSettings } from './pad-settings';

/** The pads in a menu that stands still meanwhile; a lesson takes their place. */
export function PadSection({ pads, className }: { pads: Pads; className?: string }) {
  const t = useTranslations('play.pads');
  const [lesson, setLesson] = useState<PadInfo>();
  const endLesson = useCallback(() => setLesson(undefined), []);
  return (
    <section className={className}>
      <h3 className="mb-2 font-sans text-data font-semibold">{t(lesson ? 'lesson' : 'title')}</h3>
      {lesson ? (
        <PadLesson pads={pads} pad={lesson} onDone={endLesson} />
      ) : (
        <PadSettings pads={pads} onTeach={setLesson} />
      )}
    </section>
  );
}
