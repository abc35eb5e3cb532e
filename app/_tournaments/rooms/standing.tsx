'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { RoomView } from '@/server/tournaments/views/rooms';
import { trpc } from '../../_lib/trpc';
import { rememberWayBack } from '../../_lib/way-back';
import { setEntered } from '../../_line/presence';
import { Button, ButtonLink } from '../../_ui/button';
import { cx } from '../../_ui/cx';
import type { FighterCard } from '../../_ui/fighters';
import { Fault } from '../../_ui/states';
import { ConfirmButton } from '../confirm-button';
import { FighterSelect, useFighter } from '../fighter-select';
import { useRefusal } from '../use-refusal';
import { isOf } from './is-of';

/** Where one stands, and the step in or out. */
export function Standing({
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
          {isFighting ? null : <p className="text-quiet">{t(isChampion ? 'youStayHint' : 'keepHint')}</p>}
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
