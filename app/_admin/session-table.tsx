'use client';

import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useMemo } from 'react';
import { SESSION_STATUSES } from '../../proto/sessions';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Field, SelectField } from '../_ui/field';
import { PagedTable } from '../_ui/paged-table';
import { utc } from './format-time';
import { filterFrom, queryOf } from './session-filter';
import { SessionStatusBadge } from './status';
import { useReason } from './use-reason';

const RENEW_EVERY_MS = 5_000;

/** Match sessions, newest first, page after page; the filter is in the address. */
export function SessionTable() {
  const t = useTranslations('admin');
  const parameters = useSearchParams();
  const filter = useMemo(() => filterFrom(new URLSearchParams(parameters)), [parameters]);
  const query = useMemo(() => queryOf(filter), [filter]);
  const pages = trpc.admin.sessions.useInfiniteQuery(query, {
    getNextPageParam: (page) => page.nextCursor,
    // Each page that was opened is asked for again: the more there are, the less often.
    refetchInterval: (latest) => RENEW_EVERY_MS * (latest.state.data?.pages.length ?? 1),
  });
  const faultOf = useFault();
  const reasonOf = useReason();
  const rows = pages.data?.pages.flatMap((page) => page.sessions);
  return (
    <>
      <FilterBar key={parameters.toString()} />
      <PagedTable
        pages={pages}
        count={rows?.length}
        words={{
          label: t('sessions'),
          loading: t('loading'),
          nothing: t('noSessions'),
          nothingHint: t('noSessionsHint'),
          more: t('more'),
        }}
        fault={faultOf(pages.error) ?? t('failed')}
        heads={[t('created'), t('status'), t('player1'), t('player2'), t('result'), t('ended'), t('session')]}
        className="sheet max-h-[70dvh]"
      >
        {rows?.map((row) => (
          <tr key={row.sessionId}>
            <td className="figure">{utc(row.createdAt)}</td>
            <td>
              <SessionStatusBadge status={row.status} />
              {row.reason ? <span className="ml-2 text-quiet">{reasonOf(row.reason)}</span> : null}
            </td>
            <td className="text-p1-text">{row.player1.playerName}</td>
            <td className="text-p2-text">{row.player2.playerName}</td>
            <td>
              {row.result
                ? `${t('winner', { winner: row.result.winner })} · ${reasonOf(row.result.reason)}`
                : '–'}
            </td>
            <td className="figure">{utc(row.endedAt)}</td>
            <td>
              <Link href={`/admin/sessions/${row.sessionId}`} className="link figure">
                {row.sessionId.slice(0, 8)}
              </Link>
            </td>
          </tr>
        ))}
      </PagedTable>
    </>
  );
}

function FilterBar() {
  const t = useTranslations('admin');
  const router = useRouter();
  const { status, player, from, to } = filterFrom(new URLSearchParams(useSearchParams()));
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    );
    router.push(`/admin/sessions?${new URLSearchParams(given)}`);
  }
  return (
    <form onSubmit={submit} className="mb-4 grid items-end gap-3 min-[24rem]:grid-cols-2 md:flex">
      <SelectField small label={t('status')} name="status" defaultValue={status ?? ''} className="md:w-44">
        <option value="">{t('any')}</option>
        {SESSION_STATUSES.map((known) => (
          <option key={known} value={known}>
            {t(`statuses.${known}`)}
          </option>
        ))}
      </SelectField>
      <Field
        small
        label={t('player')}
        name="player"
        defaultValue={player}
        placeholder={t('playerHint')}
        className="md:w-64"
      />
      <Field small label={t('from')} name="from" type="date" defaultValue={from} />
      <Field small label={t('to')} name="to" type="date" defaultValue={to} />
      <Button type="submit" className="min-[24rem]:col-span-2">
        {t('filter')}
      </Button>
    </form>
  );
}
