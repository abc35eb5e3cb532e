'use client';

import { useTranslations } from 'next-intl';
import { trpc } from '../../_lib/trpc';
import { useOldSince } from '../../_lib/use-live';
import { ButtonLink } from '../../_ui/button';
import type { FighterCard } from '../../_ui/fighters';
import { Page } from '../../_ui/page';
import { PageTitle } from '../../_ui/page-title';
import { Old } from '../../_ui/stale';
import { Empty, Fault } from '../../_ui/states';
import { LoadingSplit } from '../loading-split';
import { useCall } from '../use-call';
import { useRefusal } from '../use-refusal';
import { isOf } from './is-of';
import { PastFights } from './past-fights';
import { Ring } from './ring';
import { RoomQueue } from './room-queue';
import { Standing } from './standing';

/** One room: the fight in it, who stays, and who is next. */
export function RoomScreen({
  roomId,
  myPlayerId,
  fighters,
}: {
  roomId: string;
  myPlayerId: string | undefined;
  fighters: readonly FighterCard[];
}) {
  const t = useTranslations('rooms');
  const wordsOf = useRefusal();
  const live = trpc.room.stream.useSubscription({ roomId });
  const oldSince = useOldSince(live);
  const room = live.data;
  const isMine = isOf(room?.pairing, myPlayerId);
  useCall(
    isMine && room?.pairing?.status === 'called'
      ? { title: t('yourTurn'), text: t('yourTurnText', { name: room.name }) }
      : undefined,
  );
  if (!room)
    return (
      <Page>
        <h1 className="sr-only">{t('title')}</h1>
        {live.status === 'error' ? (
          <Fault title={wordsOf(live.error)} action={<ButtonLink href="/rooms">{t('all')}</ButtonLink>} />
        ) : (
          <LoadingSplit label={t('loading')} className="lg:grid-cols-[1.6fr_1fr]" />
        )}
      </Page>
    );
  return (
    <Page>
      <PageTitle title={room.name}>{t('host', { name: room.host.playerName })}</PageTitle>
      <Old since={oldSince} className="mb-6" />
      {room.closedAt ? (
        <Empty title={t('closed')} action={<ButtonLink href="/rooms">{t('all')}</ButtonLink>}>
          {t('closedHint')}
        </Empty>
      ) : (
        // On a phone what one can do comes before what was.
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <Ring room={room} myPlayerId={myPlayerId} />
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:col-start-2 lg:row-span-2 lg:row-start-1">
            <Standing room={room} myPlayerId={myPlayerId} fighters={fighters} />
            <RoomQueue room={room} myPlayerId={myPlayerId} />
          </div>
          <PastFights past={room.past} />
        </div>
      )}
    </Page>
  );
}
