'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { refusalOf } from '../_lib/auth-refusal';
import { trpc } from '../_lib/trpc';
import { useAuthWords } from '../_lib/use-auth-words';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { Field } from '../_ui/field';
import { Fault } from '../_ui/states';

/** Says what goes and what stays, and asks once more, with the password or the name. */
export function DeleteAccount({ name, hasPassword }: { name: string; hasPassword: boolean }) {
  const t = useTranslations('account.delete');
  const words = useAuthWords();
  const faultOf = useFault();
  const [isOpen, setOpen] = useState(false);
  const erase = trpc.account.delete.useMutation({ onSuccess: () => window.location.assign('/') });
  const isErasing = erase.isPending || erase.isSuccess;
  const refusal = refusalOf(erase.error?.data?.detail);
  const said = refusal ? words.ofRefusal(refusal, erase.error?.message) : faultOf(erase.error);
  const isAtField = refusal?.field === 'currentPassword' || refusal?.field === 'username';

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const proof = String(new FormData(event.currentTarget).get('proof') ?? '');
    erase.mutate(hasPassword ? { password: proof } : { username: proof });
  }

  function turn(open: boolean): void {
    setOpen(open);
    erase.reset();
  }

  return (
    <div className="sheet grid gap-5 p-5">
      <ul className="grid list-disc gap-2 pl-5 text-quiet">
        <li>{t('goes')}</li>
        <li>{t('stays')}</li>
        <li>{t('open')}</li>
      </ul>
      <Button onClick={() => setOpen(true)} className="justify-self-start">
        {t('ask')}
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          if (open || !isErasing) turn(open);
        }}
        title={t('sure', { name })}
        description={t('final')}
      >
        <form onSubmit={submit} className="grid gap-5">
          {erase.error && !isAtField ? <Fault title={said} /> : null}
          <Field
            label={hasPassword ? t('password') : t('name', { name })}
            name="proof"
            {...(hasPassword
              ? { type: 'password', autoComplete: 'current-password' }
              : { autoComplete: 'off', autoCapitalize: 'none' })}
            error={isAtField ? said : undefined}
            required
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" busy={isErasing}>
              {t('submit')}
            </Button>
            <Button disabled={isErasing} onClick={() => turn(false)}>
              {t('keep')}
            </Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
