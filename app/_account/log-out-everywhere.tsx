'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signOut } from '../_lib/auth-client';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';

/** Ends every log-in, this one included. */
export function LogOutEverywhere({ isGuest }: { isGuest: boolean }) {
  const t = useTranslations('account.logOut');
  const nav = useTranslations('nav');
  const [isLeaving, setLeaving] = useState(false);
  const faultOf = useFault();
  const end = trpc.account.logOutEverywhere.useMutation({
    // A full load: nothing of the player may stay in memory.
    onSuccess: () => window.location.assign('/login'),
  });
  return (
    <div className="sheet grid gap-5 p-5">
      {end.error ? <Fault title={faultOf(end.error)} /> : null}
      <p className="text-quiet">{t(isGuest ? 'guestLead' : 'lead')}</p>
      <div className="flex flex-wrap gap-3">
        <Button busy={end.isPending || end.isSuccess} onClick={() => end.mutate()}>
          {t('submit')}
        </Button>
        <Button
          className="sm:hidden"
          busy={isLeaving}
          onClick={async () => {
            setLeaving(true);
            try {
              await signOut();
              window.location.assign('/');
            } catch {
              setLeaving(false);
              notify({ tone: 'bad', title: nav('logoutFailed') });
            }
          }}
        >
          {nav('logout')}
        </Button>
      </div>
    </div>
  );
}
