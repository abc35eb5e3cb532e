'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { signOut } from '../_lib/auth-client';
import { refusalOf } from '../_lib/auth-refusal';
import { trpc } from '../_lib/trpc';
import { useAuthWords } from '../_lib/use-auth-words';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';

/** The name of an account that came through another site. A full load follows: every page has to see who is there. */
export function NameForm() {
  const t = useTranslations('auth');
  const words = useAuthWords();
  const faultOf = useFault();
  const choice = trpc.account.chooseName.useMutation();
  const [isLeaving, setLeaving] = useState(false);
  const refusal = refusalOf(choice.error?.data?.detail);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const username = String(new FormData(event.currentTarget).get('username') ?? '');
    choice.mutate({ username }, { onSuccess: () => window.location.assign('/lobby') });
  }

  return (
    <form onSubmit={submit} className="grid gap-5">
      <Field
        label={t('username')}
        hint={t('usernameHint')}
        error={refusal ? words.ofRefusal(refusal, choice.error?.message) : faultOf(choice.error)}
        name="username"
        autoComplete="off"
        autoCapitalize="none"
        required
      />
      <Button type="submit" tone="gold" busy={choice.isPending || choice.isSuccess}>
        {t('nameChoose')}
      </Button>
      <Button
        type="button"
        busy={isLeaving}
        onClick={async () => {
          setLeaving(true);
          await signOut().catch(() => {});
          window.location.assign('/');
        }}
      >
        {t('nameLeave')}
      </Button>
    </form>
  );
}
