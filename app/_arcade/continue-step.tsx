'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { RunView } from '@/server/arcade/views';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { useRunAt } from './use-run';

/** The last fight was lost: another try is paid with a continue, a token or coins; or the run is given up. */
export function ContinueStep({ run }: { run: RunView }) {
  const t = useTranslations('arcade.continue');
  const wordsOf = useFault();
  const router = useRouter();
  const { at, show, refresh } = useRunAt(run);
  const pay = trpc.arcade.payContinue.useMutation({ onSuccess: show, onError: () => void refresh() });
  const end = trpc.arcade.end.useMutation({
    onSuccess: show,
    onError: () => void refresh(),
    onSettled: () => router.refresh(),
  });
  const { left, tokens, coins, price } = run.continues;
  const first = left > 0 ? 'continue' : tokens > 0 ? 'token' : 'coin';
  const ways = [
    { how: 'continue', has: left > 0, label: t('continue', { left }) },
    { how: 'token', has: tokens > 0, label: t('token', { tokens }) },
    { how: 'coin', has: coins >= price, label: t('coin', { price, coins }) },
  ] as const;
  const busy = pay.isPending || end.isPending;
  return (
    <>
      <p className="text-lead">{t('hint')}</p>
      <div className="flex flex-wrap gap-3">
        {ways.map(({ how, has, label }) => (
          <Button
            key={how}
            {...(how === first ? { tone: 'gold' as const } : {})}
            busy={pay.isPending && pay.variables.with === how}
            disabled={!has || busy}
            onClick={() => pay.mutate({ ...at, with: how })}
          >
            {label}
          </Button>
        ))}
        <Button disabled={busy} onClick={() => end.mutate(at)}>
          {t('giveUp')}
        </Button>
      </div>
      {pay.error || end.error ? (
        <p role="alert" className="text-bad">
          {wordsOf(pay.error ?? end.error)}
        </p>
      ) : null}
    </>
  );
}
