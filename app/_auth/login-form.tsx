'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { signIn } from '../_lib/auth-client';
import { useAuthWords } from '../_lib/use-auth-words';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Fault } from '../_ui/states';

/** Name and password. What was typed stays when it is refused. */
export function LoginForm({ next, fault: firstFault }: { next: string; fault: string | undefined }) {
  const t = useTranslations('auth');
  const words = useAuthWords();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(firstFault);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault(undefined);
    const outcome = await signIn('credentials', {
      username: String(form.get('username') ?? ''),
      password: String(form.get('password') ?? ''),
    });
    if (outcome.ok) {
      router.push(next);
      router.refresh();
      return;
    }
    setBusy(false);
    setFault(words.ofOutcome(outcome));
  }

  return (
    <form onSubmit={submit} className="grid gap-5">
      {fault ? <Fault title={fault} /> : null}
      <Field label={t('username')} name="username" autoComplete="username" required autoCapitalize="none" />
      <Field label={t('password')} name="password" type="password" autoComplete="current-password" required />
      <Button type="submit" tone="gold" busy={busy}>
        {busy ? t('entering') : t('login')}
      </Button>
    </form>
  );
}
