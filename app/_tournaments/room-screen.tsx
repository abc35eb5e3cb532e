'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { RoomView } from '@/server/tournaments/views';
import { trpc } from '../_lib/trpc';
import { useOldSince } from '../_lib/use-live';
import { rememberWayBack } from '../_lib/way-back';
import { setEntered } from '../_line/presence';
import { Button, ButtonLink } from '../_ui/button';
import { cx } from '../_ui/cx';
import type { FighterCard } from '../_ui/fighters';
import { Page } from '../_ui/page';
import { PageTitle } from '../_ui/page-title';
import { Section } from '../_ui/sheet';
import { Old } from '../_ui/stale';
import { Empty, Fault, Skeleton } from '../_ui/states';
import { LiveFight } from '../_watch/live-fight';
import { useMatchList } from '../_watch/match-list';
import { ConfirmButton } from './confirm-button';
import { FighterSelect, useFighter } from './fighter-select';
import { Countdown } from './server-clock';
import { useCall } from './use-call';
import { useRefusal } from './use-refusal';

type Pairing = NonNullable<RoomView['pairing']>;

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
          <div
            role="status"
            aria-label={t('loading')}
            className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[1.6fr_1fr]"
          >
            <Skeleton className="h-96" />
            <Skeleton className="h-64" />
          </div>
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
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Ring room={room} myPlayerId={myPlayerId} />
            <Past past={room.past} />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            <Standing room={room} myPlayerId={myPlayerId} fighters={fighters} />
            <Section title={t('queue')} aside={t('waiting', { count: room.waiting })}>
              <Queue room={room} myPlayerId={myPlayerId} />
            </Section>
          </div>
        </div>
      )}
    </Page>
  );
}

const isOf = (pairing: Pairing | null | undefined, playerId: string | undefined): boolean =>
  playerId !== undefined &&
  (pairing?.player1?.playerId === playerId || pairing?.player2?.playerId === playerId);

/** The fight that goes on, or who stays and waits for the next one. */
function Ring({ room, myPlayerId }: { room: RoomView; myPlayerId: string | undefined }) {
  const t = useTranslations('rooms');
  const { pairing, champion, streak } = room;
  const { data: list } = useMatchList();
  if (pairing?.status === 'running' && pairing.sessionId && pairing.player1 && pairing.player2) {
    const { sessionId, player1, player2 } = pairing;
    const known = list?.live.find(({ matchId }) => matchId === sessionId);
    const isMine = isOf(pairing, myPlayerId);
    return (
      <Section
        title={t('now')}
        aside={
          <Link href={isMine ? `/play/${sessionId}` : `/watch/${sessionId}`} className="link font-semibold">
            {t(isMine ? 'toMyFight' : 'largeView')}
          </Link>
        }
      >
        <div className="relative aspect-video border-2 border-line">
          <LiveFight
            key={sessionId}
            request={{ matchId: sessionId, player1Id: player1.characterId, player2Id: player2.characterId }}
            names={[player1.playerName, player2.playerName]}
            characters={[player1.characterId, player2.characterId]}
            seed={known?.seed}
          />
        </div>
      </Section>
    );
  }
  return (
    <Section title={t('ring')}>
      <div className="sheet relative isolate grid min-h-64 place-content-center gap-3 overflow-hidden p-6 text-center">
        {champion ? (
          <>
            <span
              aria-hidden="true"
              className="tone absolute inset-0 -z-10 grid place-items-center font-poster text-[14rem] leading-none text-text/20"
            >
              {streak}
            </span>
            <p className="text-quiet">{t('whoStays')}</p>
            <p className="misprint font-poster text-title [overflow-wrap:anywhere]">{champion.playerName}</p>
            {streak > 0 ? <p className="font-semibold">{t('streak', { count: streak })}</p> : null}
          </>
        ) : (
          <p className="font-poster text-heading">{t('empty')}</p>
        )}
        {pairing?.status === 'called' ? (
          <p role="status" className="font-semibold">
            {t('calledNames', {
              player1: pairing.player1?.playerName ?? '',
              player2: pairing.player2?.playerName ?? '',
            })}{' '}
            {pairing.deadlineAt ? <Countdown until={pairing.deadlineAt} label={t('calledLeft')} /> : null}
          </p>
        ) : (
          <p className="text-quiet">{t(champion ? 'waitsForNext' : 'emptyHint')}</p>
        )}
      </div>
    </Section>
  );
}

/** Where one stands, and the step in or out. */
function Standing({
  room,
  myPlayerId,
  fighters,
}: {
  room: RoomView;
  myPlayerId: string | undefined;
  fighters: readonly FighterCard[];
}) {
  const t = useTranslations('rooms');
  const wordsOf = useRefusal();
  const [fighter, setFighter] = useFighter(fighters);
  const { roomId, champion, host, pairing, queue, waiting } = room;
  // Who waits beyond those that everybody is told of is known to the asker's own view.
  const mine = trpc.room.get.useQuery({ roomId }, { enabled: myPlayerId !== undefined, staleTime: 0 });
  const { refetch } = mine;
  const news = `${waiting} ${champion?.playerId} ${pairing?.pairingId} ${pairing?.status}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with each change that everybody is told of
  useEffect(() => {
    if (myPlayerId !== undefined) void refetch();
  }, [news, myPlayerId, refetch]);
  const join = trpc.room.join.useMutation({ onSettled: () => refetch() });
  const leave = trpc.room.leave.useMutation({ onSettled: () => refetch() });
  const close = trpc.room.close.useMutation();

  const position =
    queue.find(({ playerId }) => playerId === myPlayerId)?.position ?? mine.data?.my?.position ?? 0;
  const isChampion = myPlayerId !== undefined && champion?.playerId === myPlayerId;
  const isFighting = isOf(pairing, myPlayerId);
  const isIn = isChampion || isFighting || position > 0;
  useEffect(() => {
    if (!isIn) return;
    rememberWayBack(`/rooms/${roomId}`);
    setEntered(true);
  }, [isIn, roomId]);

  if (myPlayerId === undefined)
    return (
      <ButtonLink tone="gold" className="min-h-14" href={`/login?next=/rooms/${roomId}`}>
        {t('logIn')}
      </ButtonLink>
    );
  const failure = join.error ?? leave.error;
  return (
    <div className="sheet sheet-lifted grid gap-4 p-5">
      {failure ? <Fault title={wordsOf(failure)} /> : null}
      <p role="status" className={cx('font-poster', position > 0 ? 'text-title' : 'text-heading')}>
        {isFighting
          ? t(pairing?.status === 'called' ? 'yourTurn' : 'youFight')
          : isChampion
            ? t('youStay')
            : position > 0
              ? t('yourPosition', { position })
              : t('stepInTitle')}
      </p>
      {isFighting && pairing?.status === 'running' && pairing.sessionId ? (
        <ButtonLink tone="gold" className="min-h-14" href={`/play/${pairing.sessionId}`}>
          {t('toMyFight')}
        </ButtonLink>
      ) : null}
      {isIn ? (
        <>
          <p className="text-quiet">{t(isChampion ? 'youStayHint' : 'keepHint')}</p>
          <Button busy={leave.isPending} onClick={() => leave.mutate({ roomId })}>
            {t('stepOut')}
          </Button>
        </>
      ) : (
        <>
          <FighterSelect fighters={fighters} value={fighter} onChange={setFighter} />
          <Button
            tone="gold"
            className="min-h-14"
            busy={join.isPending}
            onClick={() => join.mutate({ roomId, characterId: fighter })}
          >
            {t('stepIn')}
          </Button>
        </>
      )}
      {host.playerId === myPlayerId ? (
        <ConfirmButton
          small
          label={t('close')}
          title={t('closeTitle')}
          description={t('closeText')}
          confirm={t('close')}
          act={close}
          onConfirm={(_, done) => close.mutate({ roomId }, { onSuccess: done })}
        />
      ) : null}
    </div>
  );
}

function Queue({ room: { queue, waiting }, myPlayerId }: { room: RoomView; myPlayerId: string | undefined }) {
  const t = useTranslations('rooms');
  if (queue.length === 0) return <Empty title={t('queueEmpty')}>{t('queueEmptyHint')}</Empty>;
  return (
    <>
      <ol className="sheet">
        {queue.map(({ playerId, playerName, position }) => (
          <li
            key={playerId}
            className={cx(
              'flex items-baseline gap-3 px-3 py-2 not-first:border-t not-first:border-line',
              playerId === myPlayerId && 'bg-text font-semibold text-ground',
            )}
          >
            <span className="figure w-8 text-right">{position}</span>
            <span className="min-w-0 truncate">{playerName}</span>
          </li>
        ))}
      </ol>
      {waiting > queue.length ? (
        <p className="mt-2 text-data text-quiet">{t('andMore', { count: waiting - queue.length })}</p>
      ) : null}
    </>
  );
}

/** How the last fights went. */
function Past({ past }: { past: RoomView['past'] }) {
  const t = useTranslations('rooms');
  const reasons = useTranslations('tournaments.bracket.reasons');
  if (past.length === 0) return null;
  return (
    <Section title={t('past')}>
      <ul className="sheet">
        {past.map(({ pairingId, player1, player2, winner, reason, sessionId }) => (
          <li
            key={pairingId}
            className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 not-first:border-t not-first:border-line"
          >
            <span className={cx(winner === 1 ? 'font-semibold text-p1-text' : 'text-quiet')}>
              {player1?.playerName}
            </span>
            <span className="text-data text-quiet">{t('versus')}</span>
            <span className={cx(winner === 2 ? 'font-semibold text-p2-text' : 'text-quiet')}>
              {player2?.playerName}
            </span>
            <span className="ml-auto text-data text-quiet">
              {winner === 0
                ? null
                : t('wonBy', { name: (winner === 1 ? player1 : player2)?.playerName ?? '' })}{' '}
              {reason ? reasons(reason) : null}
            </span>
            {sessionId ? (
              <Link href={`/watch/${sessionId}`} className="link text-data font-semibold">
                {t('see')}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
