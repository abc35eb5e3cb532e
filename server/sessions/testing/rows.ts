import type { SessionStatus } from '../../db/generated/enums';
import type { SessionRow } from '../rows/store';

/** Unix ms at which the sessions of unit tests begin. */
export const START = 1_800_000_000_000;

/** A session as the database has it, without a database. */
export function sessionRow(status: SessionStatus): SessionRow {
  return {
    id: 's',
    player1Id: 'a',
    player2Id: 'b',
    status,
    reason: null,
    firstTo: 1,
    wins1: 0,
    wins2: 0,
    follows: null,
    player1Character: 1,
    player2Character: 1,
    seed: 1n,
    delayFrames: 2,
    source: null,
    engineDigest: 'x',
    player1Connected: false,
    player2Connected: false,
    player1Client: null,
    player2Client: null,
    createdAt: new Date(START),
    acceptedAt: new Date(START),
    connectedAt: null,
    endedAt: null,
    player1: { username: 'Ann' },
    player2: { username: 'Ben' },
  };
}

export const connectedRow = (): SessionRow => sessionRow('connected');
