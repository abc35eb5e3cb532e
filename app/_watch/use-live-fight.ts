'use client';

import { useCallback, useRef, useState } from 'react';
import type { StateEvent, StateView } from '@/server/streams/wire';
import { trpc } from '../_lib/trpc';
import type { HudStore } from '../_match/hud-store';
import { createRoundCounter } from '../_match/round-counter';

/** Where a watched fight stands. */
export type FightPhase =
  | { readonly step: 'connecting' }
  | { readonly step: 'live' }
  | { readonly step: 'reconnecting' }
  | { readonly step: 'ended'; readonly winner: number; readonly reason: string | undefined }
  | { readonly step: 'failed'; readonly message: string; readonly isFull: boolean };

/** Characters are asked for only when the fight is one of bots that this request may start. */
export interface LiveFightRequest {
  readonly matchId: string;
  readonly player1Id?: number;
  readonly player2Id?: number;
}

export interface LiveFight {
  readonly phase: FightPhase;
  /** The newest state, for the stage to draw at its own pace. */
  readonly latest: { readonly current: StateView | null };
}

/** Follows a fight's stream: figures go to the HUD's store, states to whoever draws; React renders phases only. */
export function useLiveFight(request: LiveFightRequest, hud: HudStore): LiveFight {
  const [phase, setPhase] = useState<FightPhase>({ step: 'connecting' });
  const latest = useRef<StateView | null>(null);
  const [rounds] = useState(createRoundCounter);

  const take = useCallback(
    (event: StateEvent) => {
      if (event.type === 'reconnecting') return setPhase({ step: 'reconnecting' });
      if (event.type === 'failed')
        return setPhase({
          step: 'failed',
          message: event.message,
          isFull: event.code === 'RESOURCE_EXHAUSTED',
        });
      if (event.type === 'ended')
        return setPhase({ step: 'ended', winner: event.winner_id, reason: event.reason });
      for (const state of event.states) {
        const { timer, player1, player2 } = state;
        const won = rounds.add({ timer, health1: player1.health, health2: player2.health });
        hud.set({
          timer,
          p1: { health: player1.health, gauge: player1.super_gauge, rounds: won[0] },
          p2: { health: player2.health, gauge: player2.super_gauge, rounds: won[1] },
        });
        latest.current = state;
      }
      setPhase((before) => (before.step === 'live' ? before : { step: 'live' }));
    },
    [hud, rounds],
  );

  const { status, error } = trpc.match.stateStream.useSubscription(request, {
    onData: ({ data }) => take(data),
    onError: (fault) =>
      setPhase({ step: 'failed', message: fault.message, isFull: fault.data?.code === 'TOO_MANY_REQUESTS' }),
  });
  // Our own line to the server: the client tries again by itself and resumes where it was.
  const isLineDown = status === 'connecting' && error !== null;
  return { phase: isLineDown ? { step: 'reconnecting' } : phase, latest };
}
