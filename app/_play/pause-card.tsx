'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ANSWER_MS, type PauseOffer } from '../_match/pausing';
import type { AgreedPause } from '../_match/view';
import { Button } from '../_ui/button';
import { Sheet } from '../_ui/sheet';

/** Over the stage while an agreed pause is on: whose it is, what is left of it, and the way out of it. */
export function PausedCard({
  pause,
  isOpponentAway,
  opponentName,
  onGoOn,
}: {
  pause: AgreedPause;
  isOpponentAway: boolean;
  opponentName: string;
  onGoOn: () => void;
}) {
  const t = useTranslations('play.pause');
  const card = useRef<HTMLElement>(null);
  // Tab and Enter go on; the focus is not on the button itself, so that what is still being typed at the fight presses nothing.
  useEffect(() => {
    if (document.activeElement === document.body) card.current?.focus();
  }, []);
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={t('title')}
      className="slides-in pointer-events-auto w-56 focus-visible:outline-none sm:w-96 short:w-64"
    >
      <Sheet lifted className="overflow-hidden text-center">
        <div className="p-5 short:p-3">
          <h2 className="text-heading">{t('title')}</h2>
          <p className="mt-1 break-words text-quiet">
            {pause.isMine ? t('byMe') : t('byThem', { name: opponentName })}
          </p>
          {isOpponentAway ? <p className="mt-1">{t('away')}</p> : null}
        </div>
        <TimeRule durationMs={pause.until - Date.now()} />
        <div className="p-5 short:p-3">
          <Button tone="gold" onClick={onGoOn}>
            {t('goOn')}
          </Button>
        </div>
      </Sheet>
    </section>
  );
}

/** What is said before both agree: the other's question with its answer, or that one waits for theirs. It lapses by itself. */
export function PauseAsked({
  askedBy,
  opponentName,
  onAccept,
}: Pick<PauseOffer, 'askedBy'> & { opponentName: string; onAccept: () => void }) {
  const t = useTranslations('play.pause');
  if (!askedBy) return null;
  const isTheirs = askedBy === 'opponent';
  return (
    <Sheet key={askedBy} lifted className="slides-in pointer-events-auto w-64 max-w-full overflow-hidden">
      <div className="grid gap-2 p-3">
        <p className="text-data font-semibold break-words">
          {t(isTheirs ? 'asked' : 'waiting', { name: opponentName })}
        </p>
        {isTheirs ? (
          <Button small tone="gold" onClick={onAccept}>
            {t('accept')}
          </Button>
        ) : null}
      </div>
      <TimeRule durationMs={ANSWER_MS} />
    </Sheet>
  );
}

/** Time left, shrinking to nothing. */
function TimeRule({ durationMs }: { durationMs: number }) {
  const t = useTranslations('play.pause');
  const [atFirst] = useState(Math.max(0, durationMs));
  return (
    <div role="timer" aria-live="off" aria-label={t('timeLeft')} className="h-1.5 bg-sunken">
      <div className="shrinks h-full bg-text" style={{ animationDuration: `${atFirst}ms` }} />
    </div>
  );
}
