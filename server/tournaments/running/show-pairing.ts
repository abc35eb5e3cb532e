import type { Pairing } from '../../db/generated/client';
import { PAIRING_REASONS, type PairingReason, type PairingView } from '../views/pairings';

/** What a pairing's row needs beside it to be shown. */
export interface Names {
  readonly nameOf: (playerId: string) => string;
  readonly seedOf: (playerId: string) => number | null;
  readonly characterOf: (playerId: string) => number;
}

const isReason = (text: string | null): text is PairingReason =>
  PAIRING_REASONS.some((reason) => reason === text);

export const iso = (at: Date) => at.toISOString();
export const isoOrNull = (at: Date | null) => at?.toISOString() ?? null;

export function showPairing(row: Pairing, names: Names): PairingView {
  const slot = (playerId: string | null) =>
    playerId && {
      playerId,
      playerName: names.nameOf(playerId),
      seed: names.seedOf(playerId),
      characterId: names.characterOf(playerId),
    };
  const { winner, status } = row;
  return {
    pairingId: row.id,
    number: row.number,
    group: row.group,
    round: row.round,
    row: row.row,
    status,
    player1: slot(row.player1Id) || null,
    player2: slot(row.player2Id) || null,
    wins1: row.wins1,
    wins2: row.wins2,
    winner: winner === 1 || winner === 2 ? winner : 0,
    reason: isReason(row.reason) ? row.reason : null,
    sessionId: row.sessionId,
    isReplay: row.replayed && status !== 'ended',
    notBefore: isoOrNull(row.notBefore),
    deadlineAt: isoOrNull(row.deadlineAt),
    endedAt: isoOrNull(row.endedAt),
  };
}
