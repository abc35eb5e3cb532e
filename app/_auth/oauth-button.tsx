'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signInWith } from '../_lib/auth-client';
import { Button } from '../_ui/button';
import { notify } from '../_ui/notices';

/** Logs in through another site's account. */
export function OAuthButton({ provider, name }: { provider: string; name: string }) {
  const t = useTranslations('auth');
  const [busy, setBusy] = useState(false);
  return (
    <Button
      busy={busy}
      onClick={async () => {
        setBusy(true);
        try {
          await signInWith(provider);
        } catch {
          setBusy(false);
          notify({ tone: 'bad', title: t('fault.offline') });
        }
      }}
    >
      {t('with', { name })}
    </Button>
  );
}
