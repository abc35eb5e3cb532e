'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { LobbyPlayer } from '@/proto/signaling-payloads';
import { Badge } from '../_ui/badge';
import { Button } from '../_ui/button';
import type { Line } from './line-filter';
import { isBlocked, isFree, type Relations } from './select-people';

/** One person: how they are, how strong and how far, and the way to challenge them. */
export function PersonRow({
  player,
  relations,
  line: { pingMs, isUnstable },
  isPingSought,
  isAwaited,
  canChallenge,
  onChallenge,
  onMore,
}: {
  player: LobbyPlayer;
  relations: Relations;
  line: Line;
  /** The list is chosen by ping: that there is none is said. */
  isPingSought: boolean;
  /** This player's answer is awaited. */
  isAwaited: boolean;
  canChallenge: boolean;
  onChallenge: () => void;
  onMore: () => void;
}) {
  const t = useTranslations('lobby');
  const format = useFormatter();
  const { playerName, rating, status, doNotDisturb } = player;
  const free = isFree(player, relations);
  const state = isBlocked(player, relations)
    ? 'blocked'
    : status === 'in_match'
      ? 'inMatch'
      : doNotDisturb
        ? 'dndShort'
        : 'available';
  return (
    <div className="sheet flex min-h-17 items-center gap-3 py-2 pr-2 pl-4">
      <div className="min-w-0 grow">
        <p className="flex gap-1.5 font-semibold">
          {relations.get(player.playerId)?.has('favourite') ? (
            <span role="img" aria-label={t('favourite')} className="text-gold-text">
              ★
            </span>
          ) : null}
          <span className="truncate">{playerName}</span>
        </p>
        <p className="flex flex-wrap items-baseline gap-x-3 overflow-hidden">
          <Badge tone={free ? 'good' : 'quiet'}>{t(state)}</Badge>
          {rating === undefined ? null : (
            <span className="figure text-data text-quiet" title={t('rating')}>
              <span className="sr-only">{t('rating')} </span>
              {format.number(rating)}
            </span>
          )}
          {pingMs === undefined ? (
            isPingSought && <span className="text-data text-quiet">{t('line.unmeasured')}</span>
          ) : (
            <span className="figure text-data text-quiet" title={t('ping')}>
              <span className="sr-only">{t('ping')} </span>
              {Math.round(pingMs)} ms
            </span>
          )}
          {isUnstable ? <Badge tone="bad">{t('connection.unstable')}</Badge> : null}
        </p>
      </div>
      {free ? (
        <Button
          disabled={!canChallenge}
          busy={isAwaited}
          className="shrink-0 whitespace-nowrap px-3! sm:px-5!"
          aria-label={t('challengeName', { name: playerName })}
          onClick={onChallenge}
        >
          {isAwaited ? t('waiting') : t('challenge')}
        </Button>
      ) : null}
      <Button
        small
        aria-haspopup="dialog"
        aria-label={t('moreAbout', { name: playerName })}
        className="shrink-0 px-3!"
        onClick={onMore}
      >
        <span aria-hidden="true">⋯</span>
      </Button>
    </div>
  );
}
