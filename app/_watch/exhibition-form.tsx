'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '../_ui/button';
import { SelectField } from '../_ui/field';
import type { FighterCard } from '../_ui/fighters';
import { newExhibitionId } from './exhibition';
import { watchHref } from './watch-href';

/** Two bots of your choice, in a fight of its own that others can join by its address. */
export function ExhibitionForm({ fighters }: { fighters: readonly FighterCard[] }) {
  const t = useTranslations('watch');
  const router = useRouter();
  const first = fighters[0]?.id ?? 1;
  const [left, setLeft] = useState(first);
  const [right, setRight] = useState(fighters[1]?.id ?? first);
  function submit(event: FormEvent): void {
    event.preventDefault();
    router.push(watchHref({ matchId: newExhibitionId(), characters: [left, right] }));
  }
  const options = fighters.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return (
    <form onSubmit={submit} className="sheet grid gap-4 p-4">
      <p className="text-quiet">{t('exhibitionHint')}</p>
      <div className="grid grid-cols-2 gap-4">
        <SelectField
          label={<span className="text-p1-text">{t('player1')}</span>}
          value={left}
          onChange={(event) => setLeft(Number(event.target.value))}
        >
          {options}
        </SelectField>
        <SelectField
          label={<span className="text-p2-text">{t('player2')}</span>}
          value={right}
          onChange={(event) => setRight(Number(event.target.value))}
        >
          {options}
        </SelectField>
      </div>
      <Button type="submit" tone="gold">
        {t('start')}
      </Button>
    </form>
  );
}
