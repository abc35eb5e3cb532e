import { setTimeout as sleep } from 'node:timers/promises';
import { Metadata } from '@grpc/grpc-js';
import type { Db } from '../db/client';
import { liveOnlyMetadata } from '../game/live-only';
import { GameServiceClient, type GameState, type GameStateRequest } from '../grpc/gen/proto/game';
import { channels } from '../upstream/channels';
import { readUpstream } from '../upstream/stream';
import type { Target } from '../upstream/target';
import { checkedStates } from './state-check';
import { stateKind } from './state-kind';
import { classifyFailure } from './upstream';
import type { MatchEndedEvent } from './wire';

/** The judge tells signaling the verdict, which writes it down; viewers may be a moment faster. */
const VERDICT_WAIT_MS = 400;

function openStates(target: Target, request: GameStateRequest, metadata: Metadata, signal: AbortSignal) {
  const open = () => channels().client(GameServiceClient, target).streamGameState(request, metadata);
  // A fight tells a state at once and may be asked for again.
  const read = (until: AbortSignal) =>
    readUpstream(open, { service: 'game', target, signal: until, unanswered: 'give up' });
  return checkedStates(read, request.match_id, signal);
}

/** A fight that the game service at a target simulates by itself. */
export function exhibitionSource(target: Target, request: GameStateRequest) {
  return stateKind((signal) => openStates(target, request, new Metadata(), signal));
}

interface Ending {
  readonly isOver: boolean;
  readonly verdict: MatchEndedEvent | undefined;
}

const OVER: ReadonlySet<string> = new Set(['ended', 'failed', 'declined']);

/** How a session ended, as far as the database knows. */
async function readEnding(db: Db, matchId: string): Promise<Ending> {
  const row = await db.matchSession.findUnique({
    where: { id: matchId },
    select: { status: true, reason: true, result: { select: { winner: true, reason: true } } },
  });
  if (!row || !OVER.has(row.status)) return { isOver: false, verdict: undefined };
  const reason = row.result?.reason ?? row.reason ?? row.status;
  return { isOver: true, verdict: { type: 'ended', winner_id: row.result?.winner ?? 0, reason } };
}

/**
 * A match between players, judged and streamed at a target. Before the fight begins, and while the judge
 * is away, viewers wait; once the session is over they get its result even when the judge forgot it.
 */
export function liveSource(target: Target, matchId: string, db: Db) {
  const request = { match_id: matchId, player1_id: 0, player2_id: 0 };
  const metadata = liveOnlyMetadata();
  let verdict: MatchEndedEvent | undefined;

  async function* open(signal: AbortSignal): AsyncGenerator<GameState, void, undefined> {
    const before = await readEnding(db, matchId);
    try {
      yield* openStates(target, request, metadata, signal);
    } catch (error) {
      if (!before.isOver || !classifyFailure(error).retry) throw error;
    }
    if (signal.aborted) return;
    verdict = before.verdict ?? (await readEnding(db, matchId)).verdict;
    if (verdict) return;
    await sleep(VERDICT_WAIT_MS, undefined, { signal }).catch(() => undefined);
    verdict = (await readEnding(db, matchId)).verdict;
  }
  return stateKind(open, () => verdict);
}
