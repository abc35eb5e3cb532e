'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { signIn } from '../_lib/auth-client';
import { refusalOf } from '../_lib/auth-refusal';
import { trpc } from '../_lib/trpc';
import { useAuthWords } from '../_lib/use-auth-words';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';

/** A new password. It ends every log-in, so this browser logs in again with it at once. */
export function PasswordForm({ name }: { name: string }) {
  const t = useTranslations('account.password');
  const words = useAuthWords();
  const faultOf = useFault();
  const change = trpc.account.changePassword.useMutation();
  const [isEntering, setEntering] = useState(false);
  const refusal = refusalOf(change.error?.data?.detail);
  const errorAt = (field: string) =>
    refusal?.field === field ? words.ofRefusal(refusal, change.error?.message) : undefined;
  const isElsewhere = change.error && !errorAt('currentPassword') && !errorAt('newPassword');

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const newPassword = String(typed.get('newPassword') ?? '');
    change.mutate(
      { currentPassword: String(typed.get('currentPassword') ?? ''), newPassword },
      {
        onSuccess: async () => {
          form.reset();
          setEntering(true);
          const outcome = await signIn('credentials', { username: name, password: newPassword });
          setEntering(false);
          if (outcome.ok) notify({ tone: 'good', title: t('done') });
          else window.location.assign('/login?next=/account');
        },
      },
    );
  }

  return (
    <form onSubmit={submit} className="sheet grid gap-5 p-5">
      {isElsewhere ? (
        <Fault title={refusal ? words.ofRefusal(refusal, change.error?.message) : faultOf(change.error)} />
      ) : null}
      {/* So that whoever keeps passwords knows whose this is. */}
      <input type="hidden" name="username" autoComplete="username" value={name} readOnly />
      <Field
        label={t('current')}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        error={errorAt('currentPassword')}
        required
      />
      <Field
        label={t('new')}
        hint={t('hint')}
        name="newPassword"
        type="password"
        autoComplete="new-password"
        error={errorAt('newPassword')}
        required
      />
      <p className="text-quiet">{t('ends')}</p>
      <Button type="submit" busy={change.isPending || isEntering} className="justify-self-start">
        {t('submit')}
      </Button>
    </form>
  );
}
