'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Section } from '../_ui/sheet';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
import { useWords } from './use-words';

/** The highest scores, of one ladder or of all. */
export function ScoreTable() {
  const t = useTranslations('arcade.scores');
  const format = useFormatter();
  const { of } = useWords();
  const wordsOf = useFault();
  const [ladder, setLadder] = useState<string>();
  const { data: known } = trpc.arcade.ladders.useQuery();
  const ladders = known?.ladders ?? [];
  const ladderTitle = (key: string) => {
    const title = ladders.find((one) => one.key === key)?.title;
    return title && of(title);
  };
  const { data, error, refetch } = trpc.arcade.scores.useQuery({ limit: 20, ...(ladder ? { ladder } : {}) });
  return (
    <Section
      title={t('title')}
      aside={
        <label className="flex items-center gap-2 whitespace-nowrap">
          {t('of')}
          <select
            className="field max-w-32 md:max-w-64"
            value={ladder ?? ''}
            onChange={(event) => setLadder(event.target.value || undefined)}
          >
            <option value="">{t('all')}</option>
            {ladders.map(({ key, title }) => (
              <option key={key} value={key}>
                {of(title)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {error ? (
        <Fault title={t('failed')} action={<Button onClick={() => void refetch()}>{t('again')}</Button>}>
          {wordsOf(error)}
        </Fault>
      ) : !data ? (
        <SkeletonRows rows={4} label={t('loading')} />
      ) : data.scores.length === 0 ? (
        <Empty title={t('empty')}>{t('emptyHint')}</Empty>
      ) : (
        <div className="sheet overflow-x-auto">
          <table className="w-full text-left">
            <thead>
              <tr className="border-b-2 border-line text-data text-quiet">
                <th className="px-3 py-2 whitespace-nowrap">{t('place')}</th>
                <th className="px-3 py-2">{t('player')}</th>
                <th className="px-3 py-2">{t('of')}</th>
                <th className="px-3 py-2 text-right whitespace-nowrap">{t('score')}</th>
                <th className="hidden px-3 py-2 md:table-cell">{t('ending')}</th>
                <th className="hidden px-3 py-2 md:table-cell">{t('day')}</th>
              </tr>
            </thead>
            <tbody>
              {data.scores.map((row) => (
                <tr
                  key={`${row.ladder}-${row.playerName}`}
                  className="not-first:border-t not-first:border-line"
                >
                  <td className="figure px-3 py-2">{row.place}</td>
                  <td className="min-w-28 px-3 py-2 font-semibold [overflow-wrap:anywhere]">
                    {row.playerName}
                  </td>
                  <td className="px-3 py-2">{ladderTitle(row.ladder) ?? t('noLadder')}</td>
                  <td className="figure px-3 py-2 text-right whitespace-nowrap">
                    {format.number(row.score)}
                  </td>
                  <td className="hidden px-3 py-2 md:table-cell">
                    {row.ending ? of(row.ending) : t('noEnding')}
                  </td>
                  <td className="figure hidden px-3 py-2 text-quiet md:table-cell">
                    {format.dateTime(new Date(row.at), { dateStyle: 'medium' })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
