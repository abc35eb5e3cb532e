'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { trpc } from '../../_lib/trpc';
import { cx } from '../../_ui/cx';
import { useRefusal } from '../use-refusal';

/** So long nobody types on: then it is looked up. */
const PAUSE_MS = 200;

interface Person {
  readonly playerId: string;
  readonly playerName: string;
}

/**
 * Chooses somebody by the beginning of the name, as a combobox with a list
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/): arrows move in the list, Enter chooses, Escape closes it.
 */
export function PersonField({
  tournamentId,
  as,
  name,
  label,
  required = false,
}: {
  tournamentId: string;
  /** What they are chosen for. */
  as: 'organizer' | 'replacement';
  /** Of the field that holds the id of who was chosen. */
  name: string;
  label: string;
  required?: boolean;
}) {
  const t = useTranslations('tournaments.desk.person');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Person>();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const look = useLook({ tournamentId, as }, chosen ? '' : typed);
  const people = look.people ?? [];
  const isShown = isOpen && !chosen && people.length > 0;
  const at = Math.min(active, people.length - 1);

  // What is typed but not chosen can't be sent: the form says so at the field.
  const isUnchosen = !chosen && (required || typed.trim() !== '');
  useEffect(() => input.current?.setCustomValidity(isUnchosen ? t('choose') : ''), [isUnchosen, t]);

  useEffect(() => {
    if (isShown) document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at, isShown]);

  function choose(person: Person | undefined): void {
    if (!person) return;
    setChosen(person);
    setTyped(person.playerName);
    setIsOpen(false);
  }
  function move(event: KeyboardEvent): void {
    // While letters are put together, as in Korean, the keys belong to that.
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (isShown) setActive((at + step + people.length) % people.length);
      else setIsOpen(true);
    } else if (event.key === 'Enter' && isShown) {
      event.preventDefault();
      choose(people[at]);
    } else if (event.key === 'Escape') setIsOpen(false);
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      <input type="hidden" name={name} value={chosen?.playerId ?? ''} />
      <input
        ref={input}
        id={id}
        className="input"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-news`}
        aria-required={required}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setChosen(undefined);
          setActive(0);
          setIsOpen(true);
        }}
        onKeyDown={move}
        onBlur={() => setIsOpen(false)}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        // A list that scrolls is a stop of the Tab key otherwise, and gone with the focus of the field.
        tabIndex={-1}
        className={isShown ? '-mt-2 max-h-64 overflow-y-auto border-2 border-edge bg-raised' : 'hidden'}
      >
        {people.map((person, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose
          <div
            key={person.playerId}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className={cx(
              'min-h-11 cursor-pointer px-3 py-2.5 [overflow-wrap:anywhere]',
              index === at && 'bg-text font-semibold text-ground',
            )}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(person)}
          >
            {person.playerName}
            {person.isGuest ? ` · ${t('guest')}` : null}
          </div>
        ))}
      </div>
      <p id={`${id}-news`} role="status" className="text-data text-quiet">
        {chosen ? t('chosen', { name: chosen.playerName }) : (look.news ?? t(`hint.${as}`))}
      </p>
    </div>
  );
}

/** Looks up what was typed, once nobody types on. */
function useLook(sought: { tournamentId: string; as: 'organizer' | 'replacement' }, typed: string) {
  const t = useTranslations('tournaments.desk.person');
  const wordsOf = useRefusal();
  const text = typed.trim();
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData } = trpc.tournament.findPeople.useQuery(
    { ...sought, text: settled },
    { enabled: settled !== '' && text !== '', placeholderData: (before) => before, retry: false },
  );
  if (text === '') return { people: undefined, news: undefined };
  if (error) return { people: undefined, news: wordsOf(error) };
  // Until the answer is there: who fits of those who are known, or Enter could choose somebody else.
  if (!data || isPlaceholderData || settled !== text)
    return { people: data?.people.filter((person) => beginsWith(person, text)), news: undefined };
  const count = data.people.length;
  return {
    people: data.people,
    news: count === 0 ? t('none', { text }) : t(data.isAll ? 'found' : 'more', { count }),
  };
}

const beginsWith = ({ playerName }: Person, text: string): boolean =>
  playerName.toLowerCase().startsWith(text.toLowerCase());
