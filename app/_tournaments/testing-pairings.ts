import type { PairingView } from '@/server/tournaments/views/pairings';

/** A pairing that nobody has come to yet, for tests. */
export function openPairing(fields: Partial<PairingView> & Pick<PairingView, 'number'>): PairingView {
  return {
    pairingId: `pairing-${fields.number}`,
    group: 0,
    round: 1,
    row: 1,
    status: 'waiting',
    player1: null,
    player2: null,
    wins1: 0,
    wins2: 0,
    winner: 0,
    reason: null,
    sessionId: null,
    isReplay: false,
    notBefore: null,
    deadlineAt: null,
    endedAt: null,
    ...fields,
  };
}
