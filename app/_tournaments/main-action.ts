import type { TournamentView } from '@/server/tournaments/views/tournaments';

/** The one thing that a tournament's page wants done by whoever looks at it. */
export type MainAction =
  | { readonly what: 'fight'; readonly sessionId: string }
  /** Called, and the fight is not there yet: be here. */
  | { readonly what: 'called'; readonly deadlineAt: string | null }
  | { readonly what: 'checkIn' }
  | { readonly what: 'standBy'; readonly isReady: boolean }
  | { readonly what: 'pay' | 'waitingRoom' | 'join' | 'logIn' | 'watch' }
  | null;

/** What that is; null where there is nothing to do but look. */
export function mainActionOf(view: TournamentView): MainAction {
  const { my, may, status } = view;
  if (my === null)
    return status === 'scheduled' || status === 'open' || status === 'checkin'
      ? { what: 'logIn' }
      : status === 'running'
        ? { what: 'watch' }
        : null;
  const { pairing } = my;
  if (pairing?.status === 'running' && pairing.sessionId)
    return { what: 'fight', sessionId: pairing.sessionId };
  if (pairing?.status === 'called') return { what: 'called', deadlineAt: pairing.deadlineAt };
  if (may.includes('checkIn') && !my.isCheckedIn) return { what: 'checkIn' };
  if (may.includes('standBy')) return { what: 'standBy', isReady: my.isReady };
  if (my.reservation?.state === 'hold') return { what: 'pay' };
  if (may.includes('join')) return { what: 'join' };
  if (my.isEntrant) return status === 'running' ? { what: 'watch' } : null;
  if (may.includes('leave')) return { what: 'waitingRoom' };
  return status === 'running' ? { what: 'watch' } : null;
}
