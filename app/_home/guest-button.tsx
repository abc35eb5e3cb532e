'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signIn } from '../_lib/auth-client';
import { useAuthWords } from '../_lib/use-auth-words';
import { Button } from '../_ui/button';

/** In the lobby with one click. A fault is said beside the button. */
export function GuestButton({ tone = 'gold', className }: { tone?: 'gold' | 'plain'; className?: string }) {
  const t = useTranslations('auth');
  const words = useAuthWords();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  return (
    <div>
      <Button
        tone={tone}
        busy={busy}
        {...(className ? { className } : {})}
        onClick={async () => {
          setBusy(true);
          setFault(undefined);
          const outcome = await signIn('guest');
          if (outcome.ok) {
            router.push('/lobby');
            router.refresh();
            return;
          }
          setBusy(false);
          setFault(words.ofOutcome(outcome));
        }}
      >
        {busy ? t('entering') : t('guest')}
      </Button>
      {fault ? (
        <p role="alert" className="mt-2 text-data font-semibold text-bad">
          {fault}
        </p>
      ) : null}
    </div>
  );
}
