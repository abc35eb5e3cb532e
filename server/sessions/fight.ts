import type { EndCause, OutsideReason } from '../../proto/sessions';
import { AppError, asAppError } from '../errors';
import { type SessionContext, takeIn, today } from './context';
import { awayFrom } from './deadlines';
import { endOf, type SessionEnd } from './endings';
import { failSession, LEFT } from './failing';
import { quitEnd } from './fight-deadlines';
import type { Progress, Signed, Verdict } from './judge-client';
import { configFor, type LiveSession, otherSide, playerAt, type Quit, type Side, toldFrames } from './live';
import { findOwn, stateConflict } from './own';
import { endPause } from './pausing';
import { lapseRelay, passOn } from './relaying';
import type { Blame } from './rows/conduct';
import { type Claim, compareClaims, findResult, storeClaim, storeVerdict } from './rows/results';
import { getSession, type Move, trace } from './rows/store';
import { isFought } from './transitions';
import { PACE_FRAMES } from './waits';

/** A connected session: inputs go to the judge, its verdict comes back and is stored. */

/** A page that is loaded again brings a new key. */
const MAX_INPUT_KEYS = 16;

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

function createAtJudge(ctx: SessionContext, { row, players: [one, two] }: LiveSession): Promise<Progress> {
  const { characters, seed, engineDigest } = configFor(row, 1);
  return ctx.judge.createMatch({
    matchId: row.id,
    seed,
    characters,
    engineDigest,
    startedAtMs: (row.connectedAt ?? row.createdAt).getTime(),
    inputKeys: [one.inputKeys, two.inputKeys],
  });
}

/** A page signs with a new key from now on: the judge is told, and the other player. */
export async function noteInputKey(
  ctx: SessionContext,
  session: LiveSession,
  side: Side,
  inputKey: string,
): Promise<void> {
  const { id, inputKeys } = playerAt(session, side);
  if (inputKeys.includes(inputKey) || inputKeys.length >= MAX_INPUT_KEYS) return;
  inputKeys.push(inputKey);
  await trace(ctx.db, session.id, today(ctx), { type: 'input_key', actorId: id, detail: { inputKey } });
  if (!isFought(session.row.status)) return;
  ctx.notify(playerAt(session, otherSide(side)).id, 'opponent_key', { sessionId: session.id, inputKey });
  await session.opening;
  await createAtJudge(ctx, session);
}

/** Inputs as a browser sends them. */
export interface Chunk {
  readonly fromFrame: number;
  readonly inputs: Uint8Array;
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
  chunk: Chunk & { readonly opponentSignature?: Signed | undefined },
): Promise<{ nextFrame: number }> {
  const pushed = { matchId: session.id, player: side, ...chunk };
  const progress = await push(ctx, session, () => ctx.judge.pushInputs(pushed));
  return { nextFrame: progress.nextFrames[side - 1] ?? 0 };
}

/**
 * Passes a player's own column on as it is made: to the judge, and to the other while the relay is open.
 * @returns the first frame of it that the judge still lacks.
 * @throws {AppError} CONFLICT when no fight is on, RATE_LIMITED for frames ahead of time.
 */
export async function pushOwnInputs(
  ctx: SessionContext,
  session: LiveSession,
  side: Side,
  chunk: Chunk,
): Promise<{ nextFrame: number }> {
  const pushed = { matchId: session.id, player: side, ...chunk };
  const progress = await push(ctx, session, () => ctx.judge.pushOwnInputs(pushed));
  const nextFrame = progress.nextOwn[side - 1] ?? 0;
  // Only what the judge has taken: what it holds to be true is what the other goes on with.
  if (chunk.fromFrame <= nextFrame) passOn(ctx, session, side, chunk);
  return { nextFrame };
}

async function push(
  ctx: SessionContext,
  session: LiveSession,
  tell: () => Promise<Progress>,
): Promise<Progress> {
  await session.opening;
  let progress: Progress;
  try {
    progress = await tell();
  } catch (error) {
    if (asAppError(error)?.code !== 'NOT_FOUND') throw error;
    // The judge has restarted and forgotten: both browsers send again from where it now stands.
    progress = await createAtJudge(ctx, session);
  }
  noteProgress(ctx, session, progress);
  if (progress.verdict) await finish(ctx, session, progress.verdict);
  return progress;
}

/** Remembers who still sends, which decides over forfeits. */
function noteProgress(ctx: SessionContext, session: LiveSession, progress: Progress): void {
  const now = ctx.clock.now();
  for (const side of [1, 2] as const) {
    const player = playerAt(session, side);
    const before = toldFrames(player);
    player.nextFrame = progress.nextFrames[side - 1] ?? 0;
    player.ownFrames = progress.nextOwn[side - 1] ?? 0;
    if (toldFrames(player) > before) player.advancedAt = now;
    const end = progress.toldEnds[side - 1] ?? 0;
    if (end > 0) player.toldEnd ??= { frames: end, at: now };
  }
  if (progress.judged <= session.judged.frames) return;
  session.judged = { frames: progress.judged, at: now };
  if (progress.judged - session.pace.frames >= PACE_FRAMES)
    session.pace = { frames: progress.judged, at: now };
  lapseRelay(ctx, session);
}

/**
 * Ends a fight from outside: the judge is told, so that it keeps what was played.
 * @throws {AppError} when the judge can't be reached; the next try is due with the next sweep.
 */
export async function endFight(
  ctx: SessionContext,
  session: LiveSession,
  end: {
    readonly reason: OutsideReason;
    readonly winner: 0 | Side;
    readonly cause: EndCause;
    readonly blame?: Blame;
  },
): Promise<void> {
  const { reason, winner, cause, blame } = end;
  let verdict: Verdict | undefined;
  try {
    ({ verdict } = await ctx.judge.endMatch({ matchId: session.id, reason, winner, cause }));
  } catch (error) {
    session.failedEndings += 1;
    const forgotten = asAppError(error)?.code === 'NOT_FOUND';
    const tries = session.quit ? MAX_FAILED_GIVE_UPS : MAX_FAILED_ENDINGS;
    if (!forgotten && session.failedEndings < tries) throw error;
    ctx.log.warn({ err: error, sessionId: session.id }, 'a match ends without the judge');
  }
  const found = verdict ?? verdictWithoutJudge(session, end);
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
  await quitFight(ctx, session, { side, cause: 'gave_up' });
}

/** One side is out of a fight: the other wins it at once. */
export async function quitFight(ctx: SessionContext, session: LiveSession, quit: Quit): Promise<void> {
  if (!session.quit) {
    session.quit = quit;
    const type = quit.cause === 'gave_up' ? 'given_up' : 'removed';
    await trace(ctx.db, session.id, today(ctx), { type, actorId: playerAt(session, quit.side).id });
  }
  try {
    // At no judged frame the judge makes it no contest.
    await endFight(ctx, session, quitEnd(session.quit));
  } catch (err) {
    // It is noted: the sweep ends the fight with it as soon as the judge answers.
    ctx.log.warn(
      { err, sessionId: session.id },
      'one is out of a fight, but the judge could not be told yet',
    );
  }
}

/**
 * What remains to be said when the judge knows nothing of the match any more. Frames that it had judged before it forgot
 * stay judged; without any, nobody lost.
 */
function verdictWithoutJudge(
  session: LiveSession,
  end: { readonly reason: OutsideReason; readonly winner: 0 | Side; readonly cause: EndCause },
): Verdict {
  const { reason, winner, cause } = end;
  const nothing = new Uint8Array();
  const frames = Math.min(...session.players.map(toldFrames));
  const unjudged = { frames, checksum: 0, replay: nothing, logs: [nothing, nothing] as const };
  return frames > 0
    ? { winner, reason, cause, ...unjudged }
    : { winner: 0, reason: 'no_contest', cause: 'nothing_fought', ...unjudged };
}

/** What the judge itself found out about somebody. Whose telling is wrong in a dispute only a signature could have said. */
function blameOf({ reason, cause, disputedPlayer }: Verdict): Blame | undefined {
  if (reason === 'disputed') return { reason: 'disputed' };
  if (cause !== 'two_stories') return undefined;
  return { reason: 'two_stories', side: disputedPlayer === 1 ? 1 : 2 };
}

/** Stores the verdict and tells both players; the second of two racing verdicts changes nothing. */
async function finish(
  ctx: SessionContext,
  session: LiveSession,
  verdict: Verdict,
  blame?: Blame,
): Promise<void> {
  const spoiled = blameOf(verdict) ?? blame;
  const at = today(ctx);
  let end: SessionEnd | undefined;
  const store = () =>
    storeVerdict(ctx.db, session.id, verdict, { at }, spoiled, async (tx, row) => {
      const { winner, reason, frames } = verdict;
      const facts = { live: session, leftBy: session.quit?.side };
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
