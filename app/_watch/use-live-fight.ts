'use client';

import { useCallback, useState } from 'react';
import type { StateEvent, StateView } from '@/server/streams/wire';
import { trpc } from '../_lib/trpc';
import { createPlayout, type Playout } from './playout';

/** Where a watched fight stands. */
export type FightPhase =
  | { readonly step: 'connecting' }
  | { readonly step: 'live' }
  | { readonly step: 'reconnecting' }
  | { readonly step: 'ended'; readonly winner: number; readonly reason: string | undefined }
  | { readonly step: 'failed'; readonly isFull: boolean };

/** Characters count only when the id is unknown: then this request starts a fight of bots. */
export interface LiveFightRequest {
  readonly matchId: string;
  readonly player1Id?: number;
  readonly player2Id?: number;
}

export interface LiveFight {
  readonly phase: FightPhase;
  /** The states, for whoever draws to take at the display's pace. */
  readonly playout: Playout<StateView>;
}

/** Follows a fight's stream. React renders when the phase changes, never for a state. */
export function useLiveFight(request: LiveFightRequest): LiveFight {
  const [phase, setPhase] = useState<FightPhase>({ step: 'connecting' });
  const [playout] = useState(() => createPlayout<StateView>());

  const take = useCallback(
    (event: StateEvent) => {
      switch (event.type) {
        case 'reconnecting':
          return setPhase({ step: 'reconnecting' });
        case 'failed':
          return setPhase({ step: 'failed', isFull: event.code === 'RESOURCE_EXHAUSTED' });
        case 'ended':
          playout.finish();
          return setPhase({ step: 'ended', winner: event.winner_id, reason: event.reason });
        case 'snapshot':
          playout.clear();
          break;
        case 'state':
          break;
      }
      playout.push(event.states);
      setPhase((before) => (before.step === 'live' ? before : { step: 'live' }));
    },
    [playout],
  );

  const { status, error } = trpc.match.stateStream.useSubscription(request, {
    onData: ({ data }) => take(data),
    onError: (fault) => setPhase({ step: 'failed', isFull: fault.data?.code === 'TOO_MANY_REQUESTS' }),
  });
  // Our own line to the server: the client tries again by itself and resumes where it was.
  const isLineDown = status === 'connecting' && error !== null;
  return { phase: isLineDown ? { step: 'reconnecting' } : phase, playout };
}
