'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { signIn } from '../_lib/auth-client';
import { type AuthRefusal, refusalOf } from '../_lib/auth-refusal';
import { trpc } from '../_lib/trpc';
import { useAuthWords } from '../_lib/use-auth-words';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Fault } from '../_ui/states';

/** A new account, then straight into the lobby with it. Each fault stands at its own field. */
export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations('auth');
  const router = useRouter();
  const registration = trpc.account.register.useMutation();
  const [busy, setBusy] = useState(false);
  const words = useAuthWords();
  const faultOf = useFault();
  const [refusal, setRefusal] = useState<AuthRefusal>();
  const [fault, setFault] = useState<string>();
  const needsToken = refusal?.field === 'adminToken';

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = String(form.get('username') ?? '');
    const password = String(form.get('password') ?? '');
    const adminToken = String(form.get('adminToken') ?? '').trim();
    setBusy(true);
    setFault(undefined);
    setRefusal(undefined);
    registration.mutate(
      { username, password, ...(adminToken ? { adminToken } : {}) },
      {
        onSuccess: async () => {
          const outcome = await signIn('credentials', { username, password });
          router.push(outcome.ok ? next : '/login');
          router.refresh();
        },
        onError: (error) => {
          setBusy(false);
          const found = refusalOf(error.data?.detail);
          if (!found) setFault(faultOf(error));
          else if (found.field === 'account') setFault(words.ofRefusal(found, error.message));
          else setRefusal(found);
        },
      },
    );
  }

  const messageFor = (field: 'username' | 'password' | 'adminToken') =>
    refusal?.field === field ? words.ofRefusal(refusal, registration.error?.message) : undefined;

  return (
    <form onSubmit={submit} className="grid gap-5">
      {fault ? <Fault title={fault}>{t('fault.nothingLost')}</Fault> : null}
      <Field
        label={t('username')}
        hint={t('usernameHint')}
        error={messageFor('username')}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
      />
      <Field
        label={t('password')}
        hint={t('passwordHint')}
        error={messageFor('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
      />
      {needsToken ? (
        <Field
          label={t('adminToken')}
          hint={t('adminTokenHint')}
          error={messageFor('adminToken')}
          name="adminToken"
          autoComplete="off"
        />
      ) : null}
      <Button type="submit" tone="gold" busy={busy}>
        {busy ? t('entering') : t('register')}
      </Button>
    </form>
  );
}
