'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';
import type { ServiceState } from './use-services';

/** Takes a neighbour out of use, or back: with a reason, in effect within a second. */
export function UseSwitch({ use, name }: { use: NonNullable<ServiceState['use']>; name: string }) {
  const t = useTranslations('admin.services.switch');
  const faultOf = useFault();
  const utils = trpc.useUtils();
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const set = trpc.flag.set.useMutation({ onSettled: () => utils.admin.services.invalidate() });
  const { flag, isUsed, version } = use;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsEmpty(reason.trim() === '');
    if (reason.trim() === '') return;
    set.mutate(
      { key: flag, value: !isUsed, reason, ifVersion: version },
      {
        onSuccess() {
          setReason('');
          setIsOpen(false);
          notify({ tone: 'good', title: t(isUsed ? 'isOff' : 'isOn', { name }) });
        },
      },
    );
  }
  if (!isOpen)
    return (
      <Button small onClick={() => setIsOpen(true)}>
        {t(isUsed ? 'takeOut' : 'takeBack')}
      </Button>
    );
  return (
    <form onSubmit={submit} noValidate className="grid w-full gap-3 border-2 border-line p-3 md:w-96">
      {set.error ? <Fault title={faultOf(set.error) ?? t('failed')} /> : null}
      <Field
        small
        autoFocus
        label={t('why', { name })}
        hint={t('whyHint')}
        name="reason"
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        {...(isEmpty ? { error: t('whyMissing') } : {})}
      />
      <div className="flex flex-wrap gap-3">
        <Button small type="submit" busy={set.isPending}>
          {t(isUsed ? 'takeOut' : 'takeBack')}
        </Button>
        <Button small onClick={() => setIsOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
