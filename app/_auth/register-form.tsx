'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { signIn } from '../_lib/auth-client';
import { trpc } from '../_lib/trpc';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Fault } from '../_ui/states';
import { type FieldFault, fieldFaultOf } from './faults';

/** A new account, then straight into the lobby with it. Each fault stands at its own field. */
export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations('auth');
  const router = useRouter();
  const registration = trpc.account.register.useMutation();
  const [busy, setBusy] = useState(false);
  const [fieldFault, setFieldFault] = useState<FieldFault>();
  const [fault, setFault] = useState<string>();
  const needsToken = fieldFault?.field === 'adminToken';

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = String(form.get('username') ?? '');
    const password = String(form.get('password') ?? '');
    const adminToken = String(form.get('adminToken') ?? '').trim();
    setBusy(true);
    setFault(undefined);
    setFieldFault(undefined);
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
          const found = fieldFaultOf(error.data?.detail);
          if (found) setFieldFault(found);
          else setFault(error.data ? error.message : t('fault.offline'));
        },
      },
    );
  }

  const messageFor = (field: 'username' | 'password' | 'adminToken') => {
    if (fieldFault?.field !== field) return undefined;
    const key = `refused.${field}.${fieldFault.reason}`;
    // The server may know a reason that this page doesn't yet: then its own words stand.
    return hasMessage(t, key) ? t(key) : registration.error?.message;
  };

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

type Translate = ReturnType<typeof useTranslations<'auth'>>;
type MessageKey = Parameters<Translate>[0];

function hasMessage(t: Translate, key: string): key is MessageKey {
  return t.has(key as MessageKey);
}
