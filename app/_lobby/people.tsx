'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { Button } from '../_ui/button';
import { Field, SelectField } from '../_ui/field';
import { Empty, SkeletonRows } from '../_ui/states';
import { isFiltering } from './line-filter';
import { PeopleList } from './people-list';
import { type Selection, SHOWN, type Shown, selectPeople } from './select-people';
import { useLines } from './use-lines';
import { useRelations } from './use-relations';

/** Fetched when they are asked for: most visits are to challenge somebody. */
const PersonDialog = dynamic(() => import('./person-dialog').then((module) => module.PersonDialog), {
  ssr: false,
});
const RelatedPeople = dynamic(() => import('./related-people').then((module) => module.RelatedPeople), {
  ssr: false,
});
const LineFilterPanel = dynamic(
  () => import('./line-filter-panel').then((module) => module.LineFilterPanel),
  {
    ssr: false,
  },
);

/** `apart` shows whom the player has blocked or muted, here or not. */
const CHOICES = [...SHOWN, 'apart'] as const;

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
  const [words, setWords] = useState('');
  const [shown, setShown] = useState<Shown | 'apart'>('all');
  const [opened, setOpened] = useState<Pick<LobbyPlayer, 'playerId' | 'playerName'>>();
  const [isFilterOpen, setFilterOpen] = useState(false);
  const filterId = useId();
  const { related, relations, set } = useRelations();
  const selection = useMemo(
    (): Selection => ({ words, shown: shown === 'apart' ? 'all' : shown }),
    [words, shown],
  );
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
  const { filter, fitting, isPingSought, lineOf, onSeen } = useLines(people, selfId);
  const hidden = people.length - fitting.length;

  function list() {
    if (!players || !here) return <SkeletonRows rows={4} label={t('loading')} />;
    if (shown === 'apart') return <RelatedPeople related={related} words={words} onMore={setOpened} />;
    if (fitting.length > 0)
      return (
        <PeopleList
          people={fitting}
          {...{ relations, lineOf, isPingSought, waitingFor, canChallenge, onChallenge, onSeen }}
          onMore={setOpened}
        />
      );
    if (isAlone(here, selfId)) return <Empty title={t('alone')}>{t('aloneHint')}</Empty>;
    return <Empty title={t('nobodyFits')}>{t(hidden > 0 ? 'line.nobodyFits' : 'nobodyFitsHint')}</Empty>;
  }

  const isTrivial = !players || !here || (isAlone(here, selfId) && related.length === 0);
  return (
    <>
      {isTrivial ? null : (
        <search className="mb-3 grid grid-cols-[minmax(0,1fr)_auto] gap-3">
          <Field
            small
            type="search"
            label={t('search')}
            value={words}
            maxLength={64}
            autoComplete="off"
            onChange={({ target }) => setWords(target.value)}
          />
          <SelectField
            small
            label={t('show')}
            value={shown}
            onChange={({ target }) => setShown(CHOICES.find((one) => one === target.value) ?? 'all')}
          >
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {t(`shown.${choice}`)}
              </option>
            ))}
          </SelectField>
          <div className="col-span-full flex flex-wrap items-center gap-x-4 gap-y-1">
            <Button
              small
              aria-expanded={isFilterOpen}
              aria-controls={filterId}
              className={isFiltering(filter) ? 'bg-text! text-ground!' : undefined}
              onClick={() => setFilterOpen(!isFilterOpen)}
            >
              {t(isFiltering(filter) ? 'line.filterOn' : 'line.filter')}
            </Button>
            <span role="status" className="text-data text-quiet">
              {shown !== 'apart' && hidden > 0 ? t('line.hidden', { count: hidden }) : null}
            </span>
          </div>
          {isFilterOpen ? <LineFilterPanel id={filterId} filter={filter} /> : null}
        </search>
      )}
      {list()}
      {opened ? (
        <PersonDialog
          player={opened}
          kinds={relations.get(opened.playerId)}
          onRelation={set}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </>
  );
}

function isAlone(players: readonly LobbyPlayer[], selfId: string | undefined): boolean {
  return players.every(({ playerId }) => playerId === selfId);
}
