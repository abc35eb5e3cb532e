'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { BOT_NAMES } from '@/engine/bots/temperaments';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button, ButtonLink } from '../_ui/button';
import { Field, SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import { Fault } from '../_ui/states';
import { NUMBER_FIELDS, readSettings } from './settings';

/** Starts a training: who learns against whom; everything else is folded away and has a default. */
export function StartForm({
  fighters,
  isSignedIn,
}: {
  fighters: readonly FighterCard[];
  isSignedIn: boolean;
}) {
  const t = useTranslations('training');
  const router = useRouter();
  const start = trpc.training.start.useMutation();
  const service = trpc.training.list.useQuery(undefined, { refetchOnWindowFocus: false });
  const wordsOf = useFault();
  const [fault, setFault] = useState<string>();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setFault(undefined);
    start.mutate(readSettings(new FormData(event.currentTarget)), {
      onSuccess: ({ sessionId }) => router.push(`/training/${sessionId}`),
      onError: (error) => setFault(wordsOf(error)),
    });
  }

  if (!isSignedIn) {
    return (
      <div className="sheet grid gap-4 p-4">
        <p>{t('signIn')}</p>
        <ButtonLink href="/login?next=/training" tone="gold">
          {t('login')}
        </ButtonLink>
      </div>
    );
  }
  if (service.data && !service.data.control)
    return (
      <Fault title={t('noControl')}>{service.data.why ? t(`noControlWhy.${service.data.why}`) : null}</Fault>
    );

  const options = fighters.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return (
    <form onSubmit={submit} className="sheet grid gap-4 p-4">
      {fault ? <Fault title={fault} /> : null}
      <div className="grid grid-cols-2 gap-4">
        <SelectField small label={t('learner')} name="characterId">
          {options}
        </SelectField>
        <SelectField small label={t('against')} name="opponentCharacterId">
          {options}
        </SelectField>
      </div>
      <SelectField small label={t('opponent')} name="opponent" defaultValue="balanced">
        {BOT_NAMES.map((bot) => (
          <option key={bot} value={bot}>
            {t(`bots.${bot}`)}
          </option>
        ))}
      </SelectField>
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">{t('parameters')}</summary>
        <div className="grid grid-cols-2 gap-4 pt-2">
          <Field label={t('fields.name')} name="name" maxLength={80} className="col-span-2" />
          {NUMBER_FIELDS.map(({ name, min, max, step, placeholder }) => (
            <Field
              key={name}
              small
              label={t(`fields.${name}`)}
              name={name}
              type="number"
              inputMode="decimal"
              min={min}
              max={max}
              step={step}
              placeholder={placeholder}
            />
          ))}
        </div>
        <p className="mt-3 text-data text-quiet">{t('defaultsHint')}</p>
      </details>
      <Button type="submit" tone="gold" busy={start.isPending}>
        {start.isPending ? t('starting') : t('start')}
      </Button>
    </form>
  );
}
