'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { RoomSummary } from '@/server/tournaments/views/rooms';
import { trpc } from '../../_lib/trpc';
import { Badge } from '../../_ui/badge';
import { Section } from '../../_ui/sheet';
import { Stale } from '../../_ui/stale';
import { Empty, Fault, SkeletonRows } from '../../_ui/states';
import { useRefusal } from '../use-refusal';

const RENEW_MS = 3_000;

/** Open rooms, the busiest first. */
export function RoomList() {
  const t = useTranslations('rooms');
  const wordsOf = useRefusal();
  const list = trpc.room.list.useQuery(undefined, { refetchInterval: RENEW_MS });
  const rooms = list.data?.rooms;
  return (
    <Section title={t('open')} aside={rooms ? t('count', { count: rooms.length }) : undefined}>
      {list.isPending ? <SkeletonRows rows={3} label={t('loading')} /> : null}
      {list.error && !rooms ? <Fault title={wordsOf(list.error)} /> : null}
      <Stale query={list} className="mb-4" />
      {rooms?.length === 0 ? <Empty title={t('none')}>{t('noneHint')}</Empty> : null}
      <ul className="grid gap-4 sm:grid-cols-2">
        {rooms?.map((room) => (
          <li key={room.roomId}>
            <RoomCard room={room} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function RoomCard({ room }: { room: RoomSummary }) {
  const t = useTranslations('rooms');
  const { roomId, name, host, champion, streak, waiting, pairing } = room;
  return (
    <article className="sheet group relative flex h-full flex-col gap-3 overflow-hidden p-4">
      {streak > 0 ? (
        <span
          aria-hidden="true"
          className="tone pointer-events-none absolute -top-3 right-1 font-poster text-[7rem] leading-none text-text/20"
        >
          {streak}
        </span>
      ) : null}
      <p className="relative">
        {pairing?.status === 'running' ? (
          <Badge tone="good">{t('fighting')}</Badge>
        ) : (
          <Badge>{t(pairing ? 'called' : 'waits')}</Badge>
        )}
      </p>
      <h3 className="relative text-heading uppercase [overflow-wrap:anywhere]">
        <Link
          href={`/rooms/${roomId}`}
          className="no-underline after:absolute after:inset-0 group-hover:underline group-hover:decoration-2"
        >
          {name}
        </Link>
      </h3>
      <p className="relative mt-auto">
        {champion ? (
          <span className="font-semibold">
            {t('stays', { name: champion.playerName })} {streak > 0 ? t('streak', { count: streak }) : null}
          </span>
        ) : (
          <span className="text-quiet">{t('noChampion')}</span>
        )}
      </p>
      <p className="relative flex justify-between gap-3 text-data text-quiet">
        <span>{t('host', { name: host.playerName })}</span>
        <span>{t('waiting', { count: waiting })}</span>
      </p>
    </article>
  );
}
