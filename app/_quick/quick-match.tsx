'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useArcade } from '../_line/use-arcade';
import { useFaultWords } from '../_line/use-fault-words';
import { Button, ButtonLink } from '../_ui/button';
import { Sheet } from '../_ui/sheet';
import { useWait } from './use-wait';

/** In the lobby: one click for an opponent of about the same strength, and what there is to know and to do meanwhile. */
export function QuickMatch({ characterId, isFree }: { characterId: number; isFree: boolean }) {
  const t = useTranslations('quick');
  const wait = useWait();
  const { players, self } = useArcade();
  const isUndisturbed = players?.find(({ playerId }) => playerId === self?.playerId)?.doNotDisturb ?? false;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const wordsOf = useFaultWords(useTranslations('lobby')('noAnswer'));

  const run = (action: () => Promise<void>) => {
    setBusy(true);
    setFault(undefined);
    action()
      .catch((error: unknown) => setFault(wordsOf(error)))
      .finally(() => setBusy(false));
  };

  return (
    <Sheet className="mt-6 p-4" data-testid="quick-match">
      {wait ? (
        <>
          <h3 className="waits font-semibold" role="status">
            {t('looking')}
          </h3>
          <p role="timer" className="mt-1 text-lead">
            {wait.window}, {wait.estimate}
          </p>
          <p className="mt-1 text-data text-quiet tabular-nums">
            {wait.clock} · {wait.rating} · {wait.others}
          </p>
          <div className="mt-4 grid grid-cols-2 gap-3">
            <ButtonLink tone="gold" href="/play/warm-up">
              {t('warmUp')}
            </ButtonLink>
            <Button disabled={busy} onClick={() => run(() => getArcadeConnection().quickMatch.leave())}>
              {t('stop')}
            </Button>
          </div>
        </>
      ) : (
        <>
          <Button
            tone="gold"
            className="w-full"
            busy={busy}
            disabled={!isFree || isUndisturbed}
            onClick={() => run(() => getArcadeConnection().quickMatch.join(characterId))}
          >
            {t('title')}
          </Button>
          <p className="mt-3 text-data text-quiet">{t(isUndisturbed ? 'undisturbed' : 'hint')}</p>
        </>
      )}
      {fault ? (
        <p role="alert" className="mt-3 text-data font-semibold text-bad">
          {fault}
        </p>
      ) : null}
    </Sheet>
  );
}
