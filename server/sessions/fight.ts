import type { OutsideReason } from '../../proto/sessions';
import { AppError, asAppError } from '../errors';
import { type SessionContext, takeIn, today } from './context';
import { awayFrom } from './deadlines';
import { endOf, type SessionEnd } from './endings';
import { failSession, LEFT } from './failing';
import type { Progress, Verdict } from './judge-client';
import { configFor, type LiveSession, otherSide, playerAt, type Side } from './live';
import { findOwn, stateConflict } from './own';
import { endPause } from './pausing';
import type { Blame } from './rows/conduct';
import { type Claim, compareClaims, findResult, storeClaim, storeVerdict } from './rows/results';
import { getSession, type Move, trace } from './rows/store';
import { isFought } from './transitions';

/** A connected session: inputs go to the judge, its verdict comes back and is stored. */

/** Inputs that were on their way when a browser lost the other one say nothing; after this they do. */
const SETTLING_MS = 2_000;

/** How often the judge is asked to end a match before the session ends without it. */
const MAX_FAILED_ENDINGS = 10;
/** The same for a fight that was given up: a judge that hangs must not turn a loss into no contest. */
const MAX_FAILED_GIVE_UPS = 120;

/** Starts to count silence, and opens the match at the judge. Its failure is made good by the first inputs. */
export function openFight(ctx: SessionContext, session: LiveSession): void {
  const now = ctx.clock.now();
  session.watchedSince = now;
  for (const player of session.players) if (player.away) player.away = awayFrom(now, 'connected');
  session.opening ??= createAtJudge(ctx, session)
    .then(() => undefined)
    .catch((err: unknown) => {
      ctx.log.warn({ err, sessionId: session.id }, 'the judge could not open a match yet');
    });
}

function createAtJudge(ctx: SessionContext, { row }: LiveSession): Promise<Progress> {
  const { characters, seed, engineDigest } = configFor(row, 1);
  return ctx.judge.createMatch({
    matchId: row.id,
    seed,
    characters,
    engineDigest,
    startedAtMs: (row.connectedAt ?? row.createdAt).getTime(),
  });
}

/**
 * Passes confirmed inputs to the judge.
 * @returns the first frame that the judge still lacks from this player; after a gap or a restart of the
 *   judge that is a frame sent before.
 * @throws {AppError} CONFLICT when no fight is on, RATE_LIMITED for frames ahead of time.
 */
export async function pushInputs(
  ctx: SessionContext,
  session: LiveSession,
  side: Side,
  chunk: { fromFrame: number; inputs: Uint8Array },
): Promise<{ nextFrame: number }> {
  await session.opening;
  let progress: Progress;
  try {
    progress = await ctx.judge.pushInputs({ matchId: session.id, player: side, ...chunk });
  } catch (error) {
    if (asAppError(error)?.code !== 'NOT_FOUND') throw error;
    // The judge has restarted and forgotten: both browsers send again from where it now stands.
    progress = await createAtJudge(ctx, session);
  }
  noteProgress(session, progress, ctx.clock.now());
  if (progress.verdict) await finish(ctx, session, progress.verdict);
  return { nextFrame: progress.nextFrames[side - 1] ?? 0 };
}

/** Remembers who still sends, which decides over forfeits. */
function noteProgress(session: LiveSession, progress: Progress, now: number): void {
  for (const side of [1, 2] as const) {
    const player = playerAt(session, side);
    const next = progress.nextFrames[side - 1] ?? 0;
    if (next > player.nextFrame) {
      player.advancedAt = now;
      // Confirmed inputs need both browsers: they have found each other again.
      if (player.peerLostAt !== null && now - player.peerLostAt >= SETTLING_MS) player.peerLostAt = null;
    }
    player.nextFrame = next;
    const end = progress.toldEnds[side - 1] ?? 0;
    if (end > 0) player.toldEnd ??= { frames: end, at: now };
  }
}

/**
 * Ends a fight from outside: the judge is told, so that it keeps what was played.
 * @throws {AppError} when the judge can't be reached; the next try is due with the next sweep.
 */
export async function endFight(
  ctx: SessionContext,
  session: LiveSession,
  reason: OutsideReason,
  winner: 0 | Side,
  blame?: Blame,
): Promise<void> {
  let verdict: Verdict | undefined;
  try {
    ({ verdict } = await ctx.judge.endMatch({ matchId: session.id, reason, winner }));
  } catch (error) {
    session.failedEndings += 1;
    const forgotten = asAppError(error)?.code === 'NOT_FOUND';
    const tries = session.givenUpBy === undefined ? MAX_FAILED_ENDINGS : MAX_FAILED_GIVE_UPS;
    if (!forgotten && session.failedEndings < tries) throw error;
    ctx.log.warn({ err: error, sessionId: session.id }, 'a match ends without the judge');
  }
  const found = verdict ?? verdictWithoutJudge(session, reason, winner);
  // A verdict that the judge had already was not brought about by whatever ends the fight now.
  await finish(ctx, session, found, found.reason === reason ? blame : undefined);
}

/**
 * A player gives the match up.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT for a request, which is declined or cancelled instead.
 */
export async function leaveFight(ctx: SessionContext, sessionId: string, playerId: string): Promise<void> {
  const { session, side } = await findOwn(ctx, sessionId, playerId);
  if (session.row.status === 'requested') throw stateConflict(session.row);
  if (!isFought(session.row.status)) {
    await failSession(ctx, sessionId, 'peer_failed', playerId, LEFT);
    return;
  }
  if (session.givenUpBy === undefined) {
    session.givenUpBy = side;
    await trace(ctx.db, sessionId, today(ctx), { type: 'given_up', actorId: playerId });
  }
  try {
    // At no judged frame the judge makes it no contest.
    await endFight(ctx, session, 'forfeit', otherSide(side));
  } catch (err) {
    // It is noted: the sweep ends the fight with it as soon as the judge answers.
    ctx.log.warn({ err, sessionId }, 'a fight was given up, but the judge could not be told yet');
  }
}

/**
 * What remains to be said when the judge knows nothing of the match any more. Frames that it had judged before it forgot
 * stay judged; without any, nobody lost.
 */
function verdictWithoutJudge(session: LiveSession, reason: OutsideReason, winner: 0 | Side): Verdict {
  const nothing = new Uint8Array();
  const frames = Math.min(...session.players.map(({ nextFrame }) => nextFrame));
  const unjudged = { frames, checksum: 0, replay: nothing, logs: [nothing, nothing] as const };
  return frames > 0 ? { winner, reason, ...unjudged } : { winner: 0, reason: 'no_contest', ...unjudged };
}

/** Stores the verdict and tells both players; the second of two racing verdicts changes nothing. */
async function finish(
  ctx: SessionContext,
  session: LiveSession,
  verdict: Verdict,
  blame?: Blame,
): Promise<void> {
  // Whose telling is wrong in a dispute only signed inputs could say.
  const spoiled = verdict.reason === 'disputed' ? ({ reason: 'disputed' } as const) : blame;
  const at = today(ctx);
  let end: SessionEnd | undefined;
  const store = () =>
    storeVerdict(ctx.db, session.id, verdict, { at }, spoiled, async (tx, row) => {
      const { winner, reason, frames } = verdict;
      const facts = { live: session, leftBy: session.givenUpBy };
      end = endOf(row, { kind: 'verdict', winner, reason, frames }, at, facts);
      await ctx.onEnded(tx, end);
    });
  let move: Move = await store();
  // A pause ends before the fight does; there are few of them, so this ends too.
  while (move.kind === 'refused' && move.session.status === 'paused') {
    await endPause(ctx, session);
    move = await store();
  }
  takeIn(ctx, move.session);
  if (move.kind === 'refused') return;
  if (end) ctx.onSettled(end);
  for (const { id } of session.players) await tellResult(ctx, session.id, id);
  await compareClaims(ctx.db, session.id, today(ctx));
}

/** Sends the stored result of an ended session to one player. */
export async function tellResult(ctx: SessionContext, sessionId: string, playerId: string): Promise<void> {
  const result = await findResult(ctx.db, sessionId);
  if (result) ctx.notify(playerId, 'match_ended', { sessionId, ...result });
}

/**
 * Notes what a browser believes the result to be; the judge's verdict stands, but a difference is traced.
 * @throws {AppError} NOT_FOUND, FORBIDDEN, CONFLICT when there was no fight.
 */
export async function claimResult(
  ctx: SessionContext,
  sessionId: string,
  playerId: string,
  claim: Claim,
): Promise<void> {
  const row = await getSession(ctx.db, sessionId);
  if (row.player1Id !== playerId && row.player2Id !== playerId)
    throw new AppError('FORBIDDEN', 'You are not a player of this session.', { detail: { sessionId } });
  if (!isFought(row.status) && row.status !== 'ended')
    throw new AppError('CONFLICT', `The session is ${row.status}; there is no result to tell.`, {
      detail: { sessionId },
    });
  await storeClaim(ctx.db, row, playerId, claim, today(ctx));
}
