'use client';

import { useTranslations } from 'next-intl';
import { cx } from '../_ui/cx';
import type { WaitingStep } from './waiting-step';

const STEPS = ['line', 'seat', 'in'] as const;

const AT: Readonly<Record<WaitingStep['step'], (typeof STEPS)[number] | undefined>> = {
  outside: 'line',
  lost: 'line',
  undrawn: 'line',
  waiting: 'line',
  turn: 'seat',
  paying: 'seat',
  in: 'in',
  missed: undefined,
  cancelled: undefined,
};

/** The way from the door to the bracket, and where on it one is. */
export function Steps({ step, isFree }: { step: WaitingStep['step']; isFree: boolean }) {
  const t = useTranslations('tournaments.steps');
  const at = AT[step];
  if (at === undefined) return null;
  return (
    <ol aria-label={t('title')} className="grid grid-cols-3 gap-1.5 text-data font-semibold md:text-base">
      {STEPS.map((name, index) => {
        const isHere = name === at;
        return (
          <li
            key={name}
            aria-current={isHere ? 'step' : undefined}
            className={cx(
              'flex items-baseline gap-2 border-t-4 pt-2',
              STEPS.indexOf(at) >= index ? 'border-text' : 'border-edge text-quiet',
            )}
          >
            <span className="font-poster">{index + 1}</span>
            {t(name === 'seat' && isFree ? 'freeSeat' : name)}
          </li>
        );
      })}
    </ol>
  );
}
