'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpc } from '../../_lib/trpc';
import { Button, ButtonLink } from '../../_ui/button';
import { Field } from '../../_ui/field';
import type { FighterCard } from '../../_ui/fighters';
import { Fault } from '../../_ui/states';
import { FighterSelect, useFighter } from '../fighter-select';
import { useRefusal } from '../use-refusal';

const NAME = { min: 3, max: 60 };

/** Opens a room; whoever opens it stands first in its queue. */
export function RoomForm({
  fighters,
  isSignedIn,
}: {
  fighters: readonly FighterCard[];
  isSignedIn: boolean;
}) {
  const t = useTranslations('rooms.form');
  const wordsOf = useRefusal();
  const router = useRouter();
  const [name, setName] = useState('');
  const [isShort, setIsShort] = useState(false);
  const [fighter, setFighter] = useFighter(fighters);
  const create = trpc.room.create.useMutation();
  if (!isSignedIn)
    return (
      <div className="sheet grid gap-4 p-4">
        <p>{t('signIn')}</p>
        <ButtonLink href="/login?next=/rooms" tone="gold">
          {t('login')}
        </ButtonLink>
      </div>
    );
  function submit(event: FormEvent): void {
    event.preventDefault();
    const isTooShort = [...name.trim()].length < NAME.min;
    setIsShort(isTooShort);
    if (isTooShort) return;
    create.mutate(
      { name, characterId: fighter },
      { onSuccess: ({ roomId }) => router.push(`/rooms/${roomId}`) },
    );
  }
  return (
    <form onSubmit={submit} noValidate className="sheet grid gap-4 p-4">
      <p className="text-quiet">{t('hint')}</p>
      {create.error ? <Fault title={wordsOf(create.error)} /> : null}
      <Field
        label={t('name')}
        name="name"
        autoComplete="off"
        maxLength={NAME.max}
        value={name}
        onChange={({ target }) => setName(target.value)}
        {...(isShort ? { error: t('tooShort', NAME) } : {})}
      />
      <FighterSelect fighters={fighters} value={fighter} onChange={setFighter} />
      <Button type="submit" tone="gold" busy={create.isPending}>
        {t('open')}
      </Button>
    </form>
  );
}
