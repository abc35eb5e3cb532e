'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { BracketView } from '@/server/tournaments/views/pairings';
import type { TournamentView } from '@/server/tournaments/views/tournaments';
import { type Act, ConfirmButton } from '../confirm-button';

/** What each tool of the desk works with. */
export interface DeskProps {
  readonly tournament: TournamentView;
  readonly bracket: BracketView | undefined;
  readonly onChanged: () => void;
}

type Name =
  | 'open'
  | 'pause'
  | 'resume'
  | 'announce'
  | 'movePairing'
  | 'replace'
  | 'disqualify'
  | 'organisers'
  | 'cancel';

interface Mutation<Input> extends Act {
  mutate(input: Input, options: { readonly onSuccess: () => void }): void;
}

/** One tool of the desk: its button, and the dialog that asks for what it needs. */
export function Deed<Input>({
  name,
  hint,
  act,
  inputOf,
  children,
}: {
  name: Name;
  /** Said instead of the tool's own words. */
  hint?: string;
  act: Mutation<Input>;
  /** What is sent, from what was filled in. */
  inputOf: (form: FormData) => Input;
  children?: ReactNode;
}) {
  const t = useTranslations('tournaments.desk');
  return (
    <ConfirmButton
      label={t(`${name}.label`)}
      title={t(`${name}.title`)}
      description={hint ?? t(`${name}.hint`)}
      confirm={t(`${name}.confirm`)}
      act={act}
      onConfirm={(form, done) => act.mutate(inputOf(form), { onSuccess: done })}
    >
      {children}
    </ConfirmButton>
  );
}

/** What stands in a field, without the blanks around it. */
export const textIn = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
