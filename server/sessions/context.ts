import type { Logger } from 'pino';
import type { ServerEventName, ServerPayloads } from '../../proto/signaling-payloads';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import type { Custody } from './custody';
import { awayIn } from './deadlines';
import type { SessionEnd } from './endings';
import type { MatchJudge } from './judge-client';
import type { LiveSession, LiveSessions } from './live';
import type { SessionRow, Tx } from './rows/store';
import { isActive, isTerminal } from './transitions';

/** What match sessions need of the rest of the server. */
export interface SessionContext {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly judge: MatchJudge;
  readonly log: Logger;
  readonly live: LiveSessions;
  readonly custody: Custody;
  /** Input delay that acceptance fixes for both browsers. */
  readonly delayFrames: number;
  /** Names the engine that both browsers and the judge must run. */
  readonly engineDigest: string;
  /** Sends to a player, if connected. */
  notify<E extends ServerEventName>(playerId: string, event: E, payload: ServerPayloads[E]): void;
  isOnline(playerId: string): boolean;
  /** Nobody waits for this, but the end of the process; where it fails that is logged. */
  later(task: Promise<unknown>): void;
  /** `clientId` of the connection that acts for a player; null without one, or for one that brought none. */
  clientIdOf(playerId: string): string | null;
  /** A player's `in_match` may have changed. */
  statusChanged(playerId: string): void;
  /** Told in the transaction that ends a session that was accepted. */
  onEnded(tx: Tx, end: SessionEnd): Promise<void>;
  /** Told when that is written. */
  onSettled(end: SessionEnd): void;
}

export function today(ctx: SessionContext): Date {
  return new Date(ctx.clock.now());
}

/**
 * Takes in what the database says of a session. A player who went away while the database worked is
 * marked as away.
 */
export function takeIn(ctx: SessionContext, row: SessionRow): LiveSession | undefined {
  const now = ctx.clock.now();
  const isOver = isTerminal(row.status);
  // Taken over by another node while the database worked: what follows is for that one to say.
  if (!isOver && !ctx.custody.holds(row.id)) return undefined;
  const session = ctx.live.put(row, now);
  if (session) ctx.custody.noted(session);
  else if (isOver) ctx.custody.over(row.id);
  if (session && isActive(session.row.status))
    for (const player of session.players)
      if (!player.away && !ctx.isOnline(player.id)) player.away = awayIn(session, now);
  if (row.status !== 'requested')
    for (const playerId of [row.player1Id, row.player2Id]) ctx.statusChanged(playerId);
  return session;
}
