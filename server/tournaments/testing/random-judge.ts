import type { PrismaClient } from '../../db/generated/client';
import type { SessionEnd } from '../../sessions/sessions';
import type { Floor } from '../brackets/calling';
import type { Tx } from '../running/context';
import { recordEnd } from '../running/record-end';

type Outcome = Pick<SessionEnd, 'outcome' | 'absent' | 'leftBy' | 'owedBy'>;

/** A fight that was arranged and has not ended. */
export interface Fight {
  readonly sessionId: string;
  readonly player1Id: string;
  readonly player2Id: string;
}

/** Sessions without browsers: fights begin when they are arranged, and end as the test says. */
export interface PaperFloor extends Floor {
  readonly fights: ReadonlyMap<string, Fight>;
  /** Whose line is gone. */
  readonly gone: Set<string>;
  /** Ends a fight in the transaction in which its session would end. */
  end(fight: Fight, how: Outcome): Promise<void>;
}

export function paperFloor(db: PrismaClient, now: () => number): PaperFloor {
  const fights = new Map<string, Fight>();
  const gone = new Set<string>();
  const matchOf = (playerId: string) => {
    for (const fight of fights.values())
      if (fight.player1Id === playerId || fight.player2Id === playerId)
        return { sessionId: fight.sessionId, clientId: null, source: 'tournament' };
    return undefined;
  };
  const inOne = <T>(act: (tx: Tx) => Promise<T>) =>
    db.$transaction(act, { maxWait: 20_000, timeout: 20_000 });
  return {
    fights,
    gone,
    isOnline: (playerId) => !gone.has(playerId),
    matchOf,
    async arrange({ player1Id, player2Id, also }) {
      const sessionId = crypto.randomUUID();
      await inOne(async (tx) => also?.(tx, sessionId));
      fights.set(sessionId, { sessionId, player1Id, player2Id });
      return { sessionId };
    },
    async end(fight, how) {
      fights.delete(fight.sessionId);
      await inOne((tx) => recordEnd(tx, { ...fight, ...how, source: 'tournament', at: new Date(now()) }));
    },
  };
}

/** Numbers that a seed gives: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How a fight ends, and what that means for its pairing. */
export interface RandomEnd {
  readonly how: Outcome;
  /** 0: it is fought again, the first time; `nothing`: a restart of ours, which counts as no time. */
  readonly means: 0 | 1 | 2 | 'nothing';
}

const judged = (winner: 0 | 1 | 2, reason: 'knockout' | 'timeout' | 'draw' | 'forfeit'): RandomEnd => ({
  how: {
    outcome: { kind: 'verdict', winner, reason, frames: 900 },
    absent: [],
    leftBy: undefined,
    owedBy: undefined,
  },
  means: winner,
});

/** What a fight may come to, as often as it might on a bad evening. */
export function randomEnd(random: () => number): RandomEnd {
  const side = random() < 0.5 ? 1 : 2;
  const other = side === 1 ? 2 : 1;
  const dice = random();
  if (dice < 0.55) return judged(side, 'knockout');
  if (dice < 0.65) return judged(side, 'timeout');
  if (dice < 0.7) return judged(side, 'forfeit');
  if (dice < 0.82) return judged(0, 'draw');
  const { how } = judged(0, 'draw');
  const failed: Outcome = { ...how, outcome: { kind: 'failed', reason: 'connect_timeout' } };
  if (dice < 0.9) return { how: { ...failed, owedBy: side }, means: 0 };
  if (dice < 0.93) return { how: { ...failed, absent: [side] }, means: other };
  if (dice < 0.96)
    return { how: { ...failed, outcome: { kind: 'failed', reason: 'restart' } }, means: 'nothing' };
  return { how: { ...failed, leftBy: side }, means: other };
}
