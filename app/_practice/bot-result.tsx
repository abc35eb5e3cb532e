'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Winner } from '../../engine/fighter/outcome';
import { Button, ButtonLink } from '../_ui/button';
import { cx } from '../_ui/cx';
import { Sheet } from '../_ui/sheet';

/** The end of a fight against a bot, in the winner's colour. */
export function BotResult({
  winner,
  names,
  exit,
  onAgain,
  onChange,
}: {
  winner: Winner;
  names: readonly [string, string];
  exit: string;
  onAgain: () => void;
  onChange: () => void;
}) {
  const t = useTranslations('practice');
  const again = useRef<HTMLButtonElement>(null);
  useEffect(() => again.current?.focus(), []);
  const outcome = winner === 0 ? 'draw' : winner === 1 ? 'won' : 'lost';
  return (
    <div className="absolute inset-0 z-20 grid place-items-center p-4">
      <Sheet lifted className="stamps w-full max-w-xl p-6 text-center">
        <h2
          data-testid="result"
          className={cx('text-title', winner === 1 && 'text-p1-text', winner === 2 && 'text-p2-text')}
        >
          {t(`result.${outcome}`)}
        </h2>
        <p className="mt-2 text-lead">{t(`result.${outcome}Hint`, { name: names[1] })}</p>
        <div className="mt-5 flex flex-wrap justify-center gap-3">
          <Button ref={again} tone="gold" onClick={onAgain}>
            {t('again')}
          </Button>
          <Button onClick={onChange}>{t('change')}</Button>
          <ButtonLink href={exit}>{t('leave')}</ButtonLink>
        </div>
      </Sheet>
    </div>
  );
}
