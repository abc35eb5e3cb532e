'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field } from '../_ui/field';
import { Stale } from '../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../_ui/states';
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
      {pages.isPending ? <SkeletonRows rows={8} label={t('loading')} /> : null}
      {pages.error && !entries ? <Fault title={faultOf(pages.error) ?? t('failed')} /> : null}
      <Stale query={pages} className="mb-4" />
      {entries?.length === 0 ? <Empty title={t('nothing')}>{t('nothingHint')}</Empty> : null}
      {entries && entries.length > 0 ? (
        <div className="sheet overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{t('at')}</th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('action')}</th>
                <th scope="col">{t('target')}</th>
                <th scope="col">{t('change')}</th>
                <th scope="col">{t('reason')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ id, at, actorId, action, target, before, after, reason }) => (
                <tr key={id}>
                  <td className="figure">{utc(at)}</td>
                  <td className="figure">{actorId ?? t('arcade')}</td>
                  <td className="figure">{action}</td>
                  <td className="figure">{target}</td>
                  <td className="figure max-w-md whitespace-normal! break-all">{changeOf(before, after)}</td>
                  <td className="min-w-48 whitespace-normal!">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {pages.hasNextPage ? (
        <Button className="mt-4" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  );
}

/** What it was and what it became; a dash for nothing. */
function changeOf(before: unknown, after: unknown): string {
  const text = (value: unknown) => (value == null ? '–' : JSON.stringify(value));
  return before == null && after == null ? '–' : `${text(before)} → ${text(after)}`;
}
