import type { RelayCause } from '../../proto/sessions';
import { COLUMN_BYTES_PER_FRAME, MAX_INPUT_FRAMES } from '../../proto/signaling-limits';
import { type SessionContext, today } from './context';
import { type LiveSession, otherSide, playerAt, type Side } from './live';
import { findOwn, stateConflict } from './own';
import { trace } from './rows/store';
import { isFought } from './transitions';
import { DEADLINES } from './waits';

/** The relay of last resort: a way between two browsers that can't reach each other, or one of which does not want to. */

/**
 * Passes a datagram on to the other player at once; nothing is kept. Who sends one while the relay is open has come to it.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT before the first offer and after the end.
 */
export async function relayData(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  data: Uint8Array,
): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  const { status } = session.row;
  if (status !== 'connecting' && !isFought(status)) throw stateConflict(session.row);
  const player = playerAt(session, side);
  player.hasRelayed = true;
  player.cameToRelay ||= session.relay !== undefined;
  ctx.notify(playerAt(session, otherSide(side)).id, 'relay_data', { sessionId, data });
}

/** Whether both browsers found no other way than ours: by their word, or because both used it and said nothing of a way. */
export function isRelayedFromStart({ players }: LiveSession): boolean {
  return players.every(({ route, hasRelayed }) => route === 'server' || (route === undefined && hasRelayed));
}

/** A match whose players never reached each other otherwise: both are there already. */
export async function openRelayFromStart(ctx: SessionContext, session: LiveSession): Promise<void> {
  const relay = { cause: 'from_start', base: 0 } as const;
  session.relay = { ...relay, openedAt: ctx.clock.now() };
  for (const player of session.players) player.cameToRelay = true;
  await trace(ctx.db, session.id, today(ctx), { type: 'relay_opened', detail: relay });
}

/** Leads a fight through the server from the judged frames on, and tells both what is known beyond them. */
export async function openRelay(ctx: SessionContext, session: LiveSession, cause: RelayCause): Promise<void> {
  // Nor for a fight that one of the two is out of already.
  if (session.relay || session.quit || session.row.status !== 'connected') return;
  const openedAt = ctx.clock.now();
  const base = session.judged.frames;
  session.relay = { cause, base, openedAt };
  for (const player of session.players) {
    player.cameToRelay = false;
    const until = openedAt + DEADLINES.relayMs;
    ctx.notify(player.id, 'relay_opened', { sessionId: session.id, base, until, cause });
  }
  await trace(ctx.db, session.id, today(ctx), { type: 'relay_opened', detail: { cause, base } });
  if (session.quit) return;
  try {
    await tellColumns(ctx, session, base);
  } catch (err) {
    // The pages ask for what both have told, too; what is told from now on is passed on.
    ctx.log.warn({ err, sessionId: session.id }, 'the judge could not say what both have told');
  }
}

/** Both get the other's column from `base` on: what a page that only listens to the server needs to go on. */
async function tellColumns(ctx: SessionContext, session: LiveSession, base: number): Promise<void> {
  const columns = await ctx.judge.columns(session.id);
  for (const side of [1, 2] as const) {
    const column = columns[side === 1 ? 0 : 1];
    for (let from = base; from * COLUMN_BYTES_PER_FRAME < column.byteLength; from += MAX_INPUT_FRAMES)
      passOn(ctx, session, side, {
        fromFrame: from,
        inputs: column.slice(
          from * COLUMN_BYTES_PER_FRAME,
          (from + MAX_INPUT_FRAMES) * COLUMN_BYTES_PER_FRAME,
        ),
      });
  }
}

/** What a player tells of his own column, for the other, while the relay is open. */
export function passOn(
  ctx: SessionContext,
  session: LiveSession,
  side: Side,
  { fromFrame, inputs }: { readonly fromFrame: number; readonly inputs: Uint8Array },
): void {
  if (!session.relay || inputs.byteLength === 0) return;
  ctx.notify(playerAt(session, otherSide(side)).id, 'opponent_inputs', {
    sessionId: session.id,
    fromFrame,
    inputs,
  });
}

/** Frames are judged again although not both came: the browsers have found each other themselves. */
export function lapseRelay(ctx: SessionContext, session: LiveSession): void {
  const { relay, judged, players } = session;
  if (!relay || relay.cause === 'from_start' || judged.at === null) return;
  if (players.every(({ cameToRelay }) => cameToRelay)) return;
  if (judged.at - relay.openedAt < DEADLINES.relayLapseMs) return;
  session.relay = undefined;
  for (const player of players) {
    player.peerLostAt = null;
    ctx.notify(player.id, 'relay_closed', { sessionId: session.id });
  }
  trace(ctx.db, session.id, today(ctx), { type: 'relay_closed' }).catch((err: unknown) =>
    ctx.log.warn({ err, sessionId: session.id }, 'TRACE lacks that the relay was closed'),
  );
}

/** What both have told of the fight that is on, for a page that comes back into it. */
export async function matchHistory(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
): Promise<{ columns: readonly [Uint8Array, Uint8Array] }> {
  const { session } = await findOwn(ctx, sessionId, playerId);
  if (!isFought(session.row.status)) throw stateConflict(session.row);
  await session.opening;
  return { columns: await ctx.judge.columns(sessionId) };
}
