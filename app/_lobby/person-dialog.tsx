'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { RELATION_KINDS, type RelationKind } from '@/proto/social';
import { localTimeZone } from '../_lib/local-time-zone';
import { trpc } from '../_lib/trpc';
import { useFault } from '../_lib/use-fault';
import { Button } from '../_ui/button';
import { Dialog } from '../_ui/dialog';
import { Fault, SkeletonRows } from '../_ui/states';
import type { useRelations } from './use-relations';

/** Who somebody is to the player: what the two have fought out, and what the player has said about them. */
export function PersonDialog({
  player,
  kinds,
  onRelation,
  onClose,
}: {
  player: Pick<LobbyPlayer, 'playerId' | 'playerName'>;
  kinds: ReadonlySet<RelationKind> | undefined;
  onRelation: ReturnType<typeof useRelations>['set'];
  onClose: () => void;
}) {
  const t = useTranslations('lobby');
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={<span className="break-words">{player.playerName}</span>}
    >
      <History playerId={player.playerId} />
      <ul className="mt-6 grid gap-4">
        {RELATION_KINDS.map((kind) => {
          const isOn = kinds?.has(kind) ?? false;
          return (
            <li key={kind} className="flex items-center justify-between gap-4">
              <span className="min-w-0">
                <span id={`relation-${kind}`} className="block font-semibold">
                  {t(`relations.${kind}.name`)}
                </span>
                <span className="block text-data text-quiet">{t(`relations.${kind}.hint`)}</span>
              </span>
              <Button
                small
                aria-pressed={isOn}
                aria-labelledby={`relation-${kind} relation-${kind}-state`}
                className={isOn ? 'shrink-0 bg-text! text-ground!' : 'shrink-0'}
                onClick={() => onRelation(player, kind, !isOn)}
              >
                <span id={`relation-${kind}-state`}>{t(isOn ? 'relations.on' : 'relations.off')}</span>
              </Button>
            </li>
          );
        })}
      </ul>
      <Button className="mt-6 w-full" onClick={onClose}>
        {t('close')}
      </Button>
    </Dialog>
  );
}

function History({ playerId }: { playerId: string }) {
  const t = useTranslations('lobby.between');
  const format = useFormatter();
  const faultOf = useFault();
  const { data, error } = trpc.social.between.useQuery({ playerId });
  if (error) return <Fault title={faultOf(error) ?? t('failed')} />;
  if (!data) return <SkeletonRows rows={2} label={t('loading')} />;
  const { won, lost, drawn, latest, own, theirs } = data;
  return (
    <div className="grid gap-3">
      <p className="text-quiet">
        {theirs.fights === 0
          ? t('unrated')
          : t('ratings', { theirs: format.number(theirs.rating), own: format.number(own.rating) })}
      </p>
      {won + lost + drawn === 0 ? (
        <p>{t('nothing')}</p>
      ) : (
        <>
          <p className="text-lead font-semibold">{t('score', { won, lost, drawn })}</p>
          <ol className="grid gap-1 text-data">
            {latest.map(({ sessionId, outcome, endedAt }) => (
              <li key={sessionId} className="flex justify-between gap-4">
                <span>{t(outcome)}</span>
                <time dateTime={endedAt.toISOString()} className="text-quiet">
                  {format.dateTime(endedAt, {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                    timeZone: localTimeZone(),
                  })}
                </time>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
