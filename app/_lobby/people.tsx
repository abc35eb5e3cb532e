'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { LobbyPlayer } from '@/proto/signaling';
import { Field, SelectField } from '../_ui/field';
import { Empty, SkeletonRows } from '../_ui/states';
import { PeopleList } from './people-list';
import { type Selection, SHOWN, selectPeople } from './select-people';
import { useRelations } from './use-relations';

/** Who is here: favourites and free people first, with a way to find and to challenge each of them. */
export function People({
  players,
  selfId,
  waitingFor,
  canChallenge,
  onChallenge,
}: {
  players: readonly LobbyPlayer[] | null;
  selfId: string | undefined;
  /** The player whose answer is awaited. */
  waitingFor: string | undefined;
  canChallenge: boolean;
  onChallenge: (player: LobbyPlayer) => void;
}) {
  const t = useTranslations('lobby');
  const [selection, setSelection] = useState<Selection>({ words: '', shown: 'all' });
  const { relations, set } = useRelations();
  const wanted = useDeferredValue(selection);
  // A big lobby changes four times a second, and typing goes before it.
  const here = useDeferredValue(players);
  const before = useRef<readonly LobbyPlayer[]>([]);
  const people = useMemo(
    () => selectPeople(here ?? [], selfId, relations, wanted, before.current),
    [here, selfId, relations, wanted],
  );
  useEffect(() => {
    before.current = people;
  }, [people]);
  if (!players) return <SkeletonRows rows={4} label={t('loading')} />;
  if (players.every(({ playerId }) => playerId === selfId))
    return <Empty title={t('alone')}>{t('aloneHint')}</Empty>;
  return (
    <>
      <search className="mb-3 grid grid-cols-[minmax(0,1fr)_auto] gap-3">
        <Field
          small
          type="search"
          label={t('search')}
          value={selection.words}
          maxLength={64}
          autoComplete="off"
          onChange={({ target }) => setSelection({ ...selection, words: target.value })}
        />
        <SelectField
          small
          label={t('show')}
          value={selection.shown}
          onChange={({ target }) => {
            const shown = SHOWN.find((one) => one === target.value);
            if (shown) setSelection({ ...selection, shown });
          }}
        >
          {SHOWN.map((shown) => (
            <option key={shown} value={shown}>
              {t(`shown.${shown}`)}
            </option>
          ))}
        </SelectField>
      </search>
      {people.length === 0 ? (
        <Empty title={t('nobodyFits')}>{t('nobodyFitsHint')}</Empty>
      ) : (
        <PeopleList
          {...{ people, relations, selfId, waitingFor, canChallenge, onChallenge }}
          onRelation={set}
        />
      )}
    </>
  );
}
