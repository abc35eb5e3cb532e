'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { StageText } from './announcer';

/** What the stage shouts, in the reader's language and with the players' names. */
export function useStageText([name1, name2]: readonly [string, string]): StageText {
  const t = useTranslations('stage');
  return useMemo(
    () => ({
      round: (round) => t('round', { round }),
      ready: t('ready'),
      fight: t('fight'),
      ko: t('ko'),
      doubleKo: t('doubleKo'),
      timeUp: t('timeUp'),
      draw: t('draw'),
      wins: (side) => t('wins', { name: side === 1 ? name1 : name2 }),
    }),
    [t, name1, name2],
  );
}
