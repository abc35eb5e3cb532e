'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { PagedTable } from '../_ui/paged-table';
import { changeWords } from './change-words';
import { utc } from './format-time';

const RENEW_MS = 5_000;

/** What people with power, and the arcade itself, have changed: newest first, never altered. */
export function AuditTable() {
  const t = useTranslations('admin.auditPage');
  const faultOf = useFault();
  const [filter, setFilter] = useState({ target: '', action: '' });
  const pages = trpc.flag.history.useInfiniteQuery(
    {
      limit: 50,
      ...(filter.target ? { target: filter.target } : {}),
      ...(filter.action ? { action: filter.action } : {}),
    },
    {
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) => RENEW_MS * (state.data?.pages.length ?? 1),
    },
  );
  const entries = pages.data?.pages.flatMap((page) => page.entries);
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    setFilter({ target: text('target'), action: text('action') });
  }
  return (
    <>
      <form onSubmit={submit} className="mb-4 flex flex-wrap items-end gap-3">
        <Field small label={t('target')} name="target" placeholder="flag:share.payment" maxLength={200} />
        <Field small label={t('action')} name="action" placeholder="flag.set" maxLength={100} />
        <Button type="submit">{t('filter')}</Button>
      </form>
      <PagedTable
        pages={pages}
        count={entries?.length}
        words={{
          label: t('label'),
          loading: t('loading'),
          nothing: t('nothing'),
          nothingHint: t('nothingHint'),
          more: t('more'),
        }}
        fault={faultOf(pages.error) ?? t('failed')}
        heads={[t('at'), t('who'), t('action'), t('target'), t('change'), t('reason')]}
      >
        {entries?.map(({ id, at, actorId, actorName, action, target, before, after, reason }) => (
          <tr key={id}>
            <td className="figure">{utc(at)}</td>
            <td className={actorName === null ? 'figure' : 'font-semibold'}>
              {actorName ?? actorId ?? t('arcade')}
            </td>
            <td className="figure">{action}</td>
            <td className="figure">{target}</td>
            <td className="figure max-w-xl min-w-72 whitespace-normal! [overflow-wrap:anywhere]">
              {changeWords(before, after)}
            </td>
            <td className="min-w-48 whitespace-normal!">{reason}</td>
          </tr>
        ))}
      </PagedTable>
    </>
  );
}
