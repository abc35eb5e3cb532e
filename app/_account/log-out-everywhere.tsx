'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Fault } from '../_ui/states';

/** Ends every log-in, this one included. */
export function LogOutEverywhere({ isGuest }: { isGuest: boolean }) {
  const t = useTranslations('account.logOut');
  const faultOf = useFault();
  const end = trpc.account.logOutEverywhere.useMutation({
    // A full load: nothing of the player may stay in memory.
    onSuccess: () => window.location.assign('/login'),
  });
  return (
    <div className="sheet grid gap-5 p-5">
      {end.error ? <Fault title={faultOf(end.error)} /> : null}
      <p className="text-quiet">{t(isGuest ? 'guestLead' : 'lead')}</p>
      <Button
        busy={end.isPending || end.isSuccess}
        onClick={() => end.mutate()}
        className="justify-self-start"
      >
        {t('submit')}
      </Button>
    </div>
  );
}
