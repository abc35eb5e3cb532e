'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Winner } from '@/engine/fighter/outcome';
import type { FightView, RulingView, RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { cx } from '../_ui/cx';
import { Sheet } from '../_ui/sheet';
import { toBase64 } from './input-log';
import { ItemList } from './item-list';
import { SaidLines } from './said-lines';
import { useStinger } from './stingers';
import { useRunAt } from './use-run';

/** Pauses between tries to tell the server how a fight went, when it can't be reached. Milliseconds. */
const TELL_AGAIN_MS = [1_000, 2_000, 4_000, 8_000];

/**
 * The end of a fight: what is said stands here at once, the server's ruling comes when it comes. As long as the server can't
 * be reached the inputs are kept and told again.
 */
export function FightEnd({
  lines,
  run,
  fight,
  winner,
  givesUp,
  inputs,
  told,
  onDone,
}: {
  /** What is said, by who has won. */
  lines: FightView['lines'];
  run: RunView;
  fight: FightView;
  winner: Winner;
  givesUp: boolean;
  inputs: () => Uint8Array;
  told: () => { winner: number; frames: number; checksum: number } | undefined;
  onDone: (run: RunView) => void;
}) {
  const t = useTranslations('arcade.fight');
  const wordsOf = useFault();
  const { at, refresh } = useRunAt(run);
  const [ruled, setRuled] = useState<{ ruling: RulingView; run: RunView }>();
  const next = useRef<HTMLButtonElement>(null);
  const play = useStinger();
  const report = trpc.arcade.report.useMutation({
    onSuccess: setRuled,
    // Without an answer at all the server is away; whatever it says is final.
    retry: (failures, error) =>
      error.data === undefined || (error.data?.httpStatus ?? 0) >= 500 ? failures < 30 : false,
    retryDelay: (failures) => TELL_AGAIN_MS[Math.min(failures, TELL_AGAIN_MS.length - 1)] ?? 8_000,
  });
  const { mutate } = report;
  const isTold = useRef(false);
  useEffect(() => {
    if (isTold.current) return;
    isTold.current = true;
    const saw = told();
    mutate({
      ...at,
      fightId: fight.fightId,
      inputs: toBase64(inputs()),
      ...(saw ? { told: saw } : {}),
      ...(givesUp ? { givesUp } : {}),
    });
  }, [at, fight, givesUp, inputs, told, mutate]);
  useEffect(() => {
    if (!ruled) return;
    next.current?.focus();
    if (ruled.ruling.drops.length > 0) play('item');
  }, [ruled, play]);

  const isWon = (ruled ? ruled.ruling.winner : winner) === 1;
  const line = isWon ? lines.won : lines.lost;
  return (
    <div className="absolute inset-0 z-20 grid place-items-center overflow-y-auto p-4">
      <Sheet lifted className="stamps grid w-full max-w-xl gap-4 p-6" data-testid="arcade-result">
        <h2 className={cx('text-title', isWon ? 'text-p1-text' : 'text-p2-text')}>
          {t(isWon ? 'won' : 'lost')}
        </h2>
        {line ? <SaidLines lines={[line]} /> : null}
        {ruled ? (
          <>
            {isWon ? (
              <p className="figure">
                {t('points', { points: ruled.ruling.points, health: ruled.ruling.healthLeft })}
              </p>
            ) : null}
            {ruled.ruling.drops.length > 0 ? <ItemList items={ruled.ruling.drops} /> : null}
            {ruled.ruling.differs ? <p className="text-quiet">{t('differs')}</p> : null}
            <div className="flex flex-wrap gap-3">
              <Button ref={next} tone="gold" onClick={() => onDone(ruled.run)}>
                {t('goOn')}
              </Button>
            </div>
          </>
        ) : report.error ? (
          <>
            <p role="alert" className="text-bad">
              {wordsOf(report.error)}
            </p>
            <div className="flex flex-wrap gap-3">
              <Button tone="gold" onClick={() => void refresh()}>
                {t('reload')}
              </Button>
              <ButtonLink href="/arcade">{t('leave')}</ButtonLink>
            </div>
          </>
        ) : (
          <p role="status" className="text-quiet">
            {t(report.failureCount > 0 ? 'tellingAgain' : 'ruling')}
          </p>
        )}
      </Sheet>
    </div>
  );
}
