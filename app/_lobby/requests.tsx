'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { getArcadeConnection } from '../_line/arcade-connection';
import type { ArcadeState, IncomingRequest } from '../_line/arcade-state';
import { Button } from '../_ui/button';
import { FightCard } from '../_ui/fight-card';

/** Open challenges, both ways, as fight cards over the lower edge of the page. */
export function Requests({
  arcade,
  fighterId,
  onFault,
}: {
  arcade: ArcadeState;
  fighterId: number;
  onFault: (error: unknown) => void;
}) {
  const { incoming, outgoing, self } = arcade;
  return (
    <div
      aria-live="assertive"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-30 mx-auto grid max-w-xl gap-4 md:bottom-6"
    >
      {incoming.slice(0, 3).map((request) => (
        <Incoming
          key={request.sessionId}
          request={request}
          selfName={self?.playerName ?? ''}
          fighterId={fighterId}
          onFault={onFault}
        />
      ))}
      {outgoing ? (
        <Outgoing
          key={outgoing.sessionId}
          outgoing={outgoing}
          selfName={self?.playerName ?? ''}
          onFault={onFault}
        />
      ) : null}
    </div>
  );
}

/** Milliseconds until then, as they were when the card came in. */
function useTimeLeft(expiresAt: number): number {
  const [left] = useState(() => Math.max(0, expiresAt - Date.now()));
  return left;
}

function Incoming({
  request,
  selfName,
  fighterId,
  onFault,
}: {
  request: IncomingRequest;
  selfName: string;
  fighterId: number;
  onFault: (error: unknown) => void;
}) {
  const t = useTranslations('lobby');
  const [busy, setBusy] = useState(false);
  const durationMs = useTimeLeft(request.expiresAt);
  const answer = (send: () => Promise<void>) => {
    setBusy(true);
    send().catch((error: unknown) => {
      setBusy(false);
      onFault(error);
    });
  };
  return (
    <FightCard
      className="slides-in pointer-events-auto"
      names={[request.requesterName, selfName]}
      notes={[t('challenger'), t('you')]}
      lead={t('incoming', { name: request.requesterName })}
      rule={{ durationMs, label: t('timeLeft') }}
    >
      <div className="grid grid-cols-2 gap-3">
        <Button disabled={busy} onClick={() => answer(() => getArcadeConnection().decline(request))}>
          {t('decline')}
        </Button>
        <Button
          tone="gold"
          disabled={busy}
          onClick={() => answer(() => getArcadeConnection().accept(request, fighterId))}
        >
          {t('accept')}
        </Button>
      </div>
    </FightCard>
  );
}

function Outgoing({
  outgoing,
  selfName,
  onFault,
}: {
  outgoing: NonNullable<ArcadeState['outgoing']>;
  selfName: string;
  onFault: (error: unknown) => void;
}) {
  const t = useTranslations('lobby');
  const [busy, setBusy] = useState(false);
  const durationMs = useTimeLeft(outgoing.expiresAt);
  return (
    <FightCard
      className="slides-in pointer-events-auto"
      names={[selfName, outgoing.targetName]}
      notes={[t('you'), t('thinking')]}
      rule={{ durationMs, label: t('timeLeft') }}
    >
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
