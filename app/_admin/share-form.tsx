'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { notify } from '../_ui/notices';
import { Fault } from '../_ui/states';

/** How many of a hundred people go over gRPC: set with a reason, in effect within a second. */
export function ShareForm({
  service,
  share,
  version,
}: {
  service: string;
  share: number;
  /** As it was seen: somebody else's change in between is not overwritten. */
  version: number;
}) {
  const t = useTranslations('admin.trafficPage');
  const faultOf = useFault();
  const id = useId();
  const utils = trpc.useUtils();
  const set = trpc.flag.set.useMutation({ onSettled: () => utils.flag.invalidate() });
  const [value, setValue] = useState(share);
  const [reason, setReason] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  useEffect(() => setValue(share), [share]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setIsEmpty(reason.trim() === '');
    if (reason.trim() === '') return;
    set.mutate(
      { key: `share.${service}`, value, reason, ifVersion: version },
      {
        onSuccess() {
          setReason('');
          notify({ tone: 'good', title: t('isSet', { share: value }) });
        },
      },
    );
  }
  return (
    <form onSubmit={submit} noValidate className="sheet grid gap-4 p-4">
      {set.error ? <Fault title={faultOf(set.error) ?? t('failed')} /> : null}
      <div className="grid gap-2">
        <label htmlFor={id} className="flex items-baseline justify-between gap-3 font-semibold">
          {t('share')} <output className="figure text-heading">{value} %</output>
        </label>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={value}
          className="h-11 w-full accent-(--text)"
          onChange={({ target }) => setValue(Number(target.value))}
        />
        <p className="text-data text-quiet">{t('shareNow', { share })}</p>
      </div>
      <Field
        small
        label={t('why')}
        hint={t('whyHint')}
        name="reason"
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        {...(isEmpty ? { error: t('whyMissing') } : {})}
      />
      <Button type="submit" busy={set.isPending} disabled={value === share}>
        {t('set')}
      </Button>
    </form>
  );
}
