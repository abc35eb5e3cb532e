'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import type { IncomingRequest, OutgoingRequest } from '../_line/arcade-state';
import { Button } from '../_ui/button';
import { FightCard } from '../_ui/fight-card';
import type { FighterCard } from '../_ui/fighters';
import { noticeElsewhere } from '../_ui/notice-elsewhere';
import { rememberedFighter } from '../_ui/remembered-fighter';
import { FighterPortrait } from './fighter-portrait';
import { usePoliteFocus } from './use-attention';

/** Comes with the first challenge. */
const ConnectionCard = dynamic(
  () => import('../_reach/connection-card').then((module) => module.ConnectionCard),
  { ssr: false },
);

interface CardProps {
  readonly selfName: string;
  readonly fighters: readonly FighterCard[];
  readonly onFault: (error: unknown) => void;
}

/** Open challenges, both ways, as fight cards over the lower edge of whatever page is shown. */
export function Requests({
  incoming,
  outgoing,
  ...card
}: CardProps & {
  incoming: readonly IncomingRequest[];
  outgoing: OutgoingRequest | null;
}) {
  return (
    <div
      aria-live="assertive"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-40 mx-auto grid max-w-xl gap-4 md:bottom-6"
    >
      {incoming.slice(0, 3).map((request) => (
        <Incoming key={request.sessionId} request={request} {...card} />
      ))}
      {outgoing ? <Outgoing key={outgoing.sessionId} outgoing={outgoing} {...card} /> : null}
    </div>
  );
}

/** Fighters as they stand behind the two names; whom somebody sends is not known before they answer. */
function useFighters(fighters: readonly FighterCard[], theirs: number | undefined) {
  const [own] = useState(() => rememberedFighter(fighters.map(({ id }) => id)));
  const find = (id: number | undefined) => fighters.find((fighter) => fighter.id === id);
  return { ownId: own, own: find(own), theirs: find(theirs) };
}

function Picture({
  fighter,
  faces,
}: {
  fighter: FighterCard | undefined;
  faces: 'right' | 'left';
}): ReactNode {
  if (!fighter) return null;
  return (
    <span
      className={
        faces === 'right'
          ? 'absolute inset-y-0 left-0 w-4/5'
          : 'absolute inset-y-0 right-0 w-4/5 -scale-x-100'
      }
    >
      <FighterPortrait characterId={fighter.id} isChosen={false} />
    </span>
  );
}

/** A small line under a name: who that is here, and whom they send. */
function Note({ who, fighter }: { who: string; fighter: FighterCard | undefined }): ReactNode {
  return fighter ? `${who} · ${fighter.name}` : who;
}

/** Milliseconds until then, as they were when the card came in. */
function useTimeLeft(expiresAt: number): number {
  const [left] = useState(() => Math.max(0, expiresAt - Date.now()));
  return left;
}

/** What a challenge is for, where it is for more than one fight. */
function useSetWords(set: IncomingRequest['set']): string | undefined {
  const t = useTranslations('sets');
  if (!set) return undefined;
  const { firstTo, wins } = set;
  const [theirs, own] = wins;
  return own + theirs > 0 ? t('standing', { firstTo, own, theirs }) : t('firstTo', { firstTo });
}

function Incoming({ request, selfName, fighters, onFault }: CardProps & { request: IncomingRequest }) {
  const t = useTranslations('lobby');
  const [busy, setBusy] = useState(false);
  const durationMs = useTimeLeft(request.expiresAt);
  const card = useRef<HTMLElement>(null);
  const { ownId, own, theirs } = useFighters(fighters, request.characterId);
  usePoliteFocus(card);
  const challenge = t('incoming', { name: request.requesterName });
  const set = useSetWords(request.set);
  useEffect(
    () => noticeElsewhere(challenge, t('answerSoon'), `arcade-challenge-${request.sessionId}`),
    [challenge, request.sessionId, t],
  );
  const answer = (send: () => Promise<void>) => {
    setBusy(true);
    send().catch((error: unknown) => {
      setBusy(false);
      onFault(error);
    });
  };
  return (
    <section ref={card} tabIndex={-1} aria-label={challenge} className="slides-in pointer-events-auto">
      <FightCard
        names={[request.requesterName, selfName]}
        notes={[
          <Note key="theirs" who={t('challenger')} fighter={theirs} />,
          <Note key="own" who={t('you')} fighter={own} />,
        ]}
        pictures={[
          <Picture key="theirs" fighter={theirs} faces="right" />,
          <Picture key="own" fighter={own} faces="left" />,
        ]}
        lead={set ? `${challenge} · ${set}` : challenge}
        rule={{ durationMs, label: t('timeLeft') }}
      >
        <div aria-live="off" className="mb-3">
          <ConnectionCard sessionId={request.sessionId} otherId={request.requesterId} />
        </div>
        <div className="grid grid-cols-2 gap-3">
          {/* First in the order of keys: the card has the focus, so Tab and Enter accept. */}
          <Button
            tone="gold"
            className="order-2"
            disabled={busy}
            onClick={() => answer(() => getArcadeConnection().accept(request, ownId))}
          >
            {t('accept')}
          </Button>
          <Button disabled={busy} onClick={() => answer(() => getArcadeConnection().decline(request))}>
            {t('decline')}
          </Button>
        </div>
      </FightCard>
    </section>
  );
}

function Outgoing({ outgoing, selfName, fighters, onFault }: CardProps & { outgoing: OutgoingRequest }) {
  const t = useTranslations('lobby');
  const [busy, setBusy] = useState(false);
  const durationMs = useTimeLeft(outgoing.expiresAt);
  const { own } = useFighters(fighters, undefined);
  return (
    <FightCard
      className="slides-in pointer-events-auto"
      names={[selfName, outgoing.targetName]}
      notes={[<Note key="own" who={t('you')} fighter={own} />, t('thinking')]}
      rule={{ durationMs, label: t('timeLeft') }}
    >
      <div aria-live="off" className="mb-3">
        <ConnectionCard sessionId={outgoing.sessionId} otherId={outgoing.targetId} />
      </div>
      <Button
        className="w-full"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          getArcadeConnection()
            .cancelChallenge()
            .catch((error: unknown) => {
              setBusy(false);
              onFault(error);
            });
        }}
      >
        {t('cancel')}
      </Button>
    </FightCard>
  );
}
