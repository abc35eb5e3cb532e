'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import { useFaultWords } from '../_line/use-fault-words';
import { Button, ButtonLink } from '../_ui/button';

/** After a quick match: wait for the next one, with the same fighter, or go. */
export function NextOpponent({ characterId }: { characterId: number }) {
  const t = useTranslations('quick');
  const back = useTranslations('play.wayBack');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const wordsOf = useFaultWords(useTranslations('lobby')('noAnswer'));

  async function next(): Promise<void> {
    setBusy(true);
    setFault(undefined);
    try {
      await getArcadeConnection().quickMatch.join(characterId);
      router.push('/lobby');
    } catch (error) {
      setBusy(false);
      setFault(wordsOf(error));
    }
  }

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap justify-center gap-3">
        <Button tone="gold" busy={busy} onClick={() => void next()}>
          {t('next')}
        </Button>
        <ButtonLink href="/lobby">{back('quick_match')}</ButtonLink>
      </div>
      <p role="status" className="min-h-6 text-data text-quiet empty:hidden">
        {fault}
      </p>
    </div>
  );
}
