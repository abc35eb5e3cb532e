import { withReplaced } from '../brackets/bracket';
import { bracketOf, putBracket } from '../brackets/progress';
import { refusal } from '../refusals';
import {
  type Asker,
  type TournamentContext,
  type TournamentRow,
  type Tx,
  today,
  withTournament,
  writeTournament,
} from './context';
import { changeOf } from './facts';
import { assertNotFixed, fixedOf } from './fixed';
import { assertRuns, checkTimes } from './limits';
import { assertNotOver, assertNotStarted, note } from './organise';
import { checkInAnew, closeFor } from './update';

/** What those who run a tournament do with its entrants and pairings. Every call rejects with a refusal. */

/** The entrant loses what is open, and what would come. A fight that goes on decides nothing any more. */
export async function disqualify(
  ctx: TournamentContext,
  asker: Asker,
  request: { readonly tournamentId: string; readonly playerId: string; readonly reason: string },
): Promise<void> {
  await withTournament(ctx, request.tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    assertNotOver(row);
    await putOut(tx, row, request.playerId, 'disqualified', today(ctx));
    await note(tx, asker, 'disqualify', row.id, undefined, { playerId: request.playerId }, request.reason);
  });
}

/** Puts an entrant out. Inside the tournament's lock. @throws {AppError} no_user */
export async function putOut(
  tx: Tx,
  row: TournamentRow,
  playerId: string,
  because: 'disqualified' | 'withdrawn',
  at: Date,
): Promise<void> {
  const { count } = await tx.entrant.updateMany({
    where: { tournamentId: row.id, userId: playerId, outBecause: null },
    data: { outBecause: because, readyAt: null },
  });
  if (count === 0) throw refusal('no_user', 'Not found: this player is not in the tournament.');
  const bracket = bracketOf(row);
  if (row.status === 'running' && bracket) await putBracket(tx, row, bracket, at);
  else await writeTournament(tx, row.id);
}

/** Somebody else fights in an entrant's stead, before anything of that entrant's was fought. */
export async function replaceEntrant(
  ctx: TournamentContext,
  asker: Asker,
  request: { readonly tournamentId: string; readonly playerId: string; readonly byPlayerId: string },
): Promise<void> {
  const { tournamentId, playerId, byPlayerId } = request;
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    const bracket = bracketOf(row);
    if (row.status !== 'running' || !bracket)
      throw refusal('not_open', 'Conflict: somebody can be replaced while a bracket is fought.');
    const entrant = (userId: string) =>
      tx.entrant.findUnique({ where: { tournamentId_userId: { tournamentId, userId } } });
    const before = await entrant(playerId);
    const taken = await entrant(byPlayerId);
    const newcomer = await tx.user.count({ where: { id: byPlayerId, bannedAt: null, deletedAt: null } });
    const fought = await tx.pairing.count({
      where: {
        tournamentId,
        OR: [{ player1Id: playerId }, { player2Id: playerId }],
        NOT: { status: { in: ['waiting', 'ready', 'called'] }, sessionId: null },
      },
    });
    if (!before || before.outBecause)
      throw refusal('no_user', 'Not found: this player is not in the bracket.');
    if (newcomer === 0) throw refusal('no_user', 'Not found: there is no such player to step in.');
    if (taken) throw refusal('has_seat', 'Conflict: who steps in is or was in this tournament already.');
    if (fought > 0) throw refusal('too_late', 'Conflict: the first pairing of this player has begun.');
    await tx.entrant.update({
      where: { tournamentId_userId: { tournamentId, userId: playerId } },
      data: { outBecause: 'replaced', seed: null },
    });
    await tx.entrant.create({
      data: {
        tournamentId,
        userId: byPlayerId,
        seed: before.seed,
        checkedInAt: today(ctx),
        enteredAt: today(ctx),
      },
    });
    for (const side of ['player1Id', 'player2Id'] as const)
      await tx.pairing.updateMany({
        where: { tournamentId, [side]: playerId },
        data: { [side]: byPlayerId },
      });
    await putBracket(tx, row, withReplaced(bracket, playerId, byPlayerId), today(ctx));
    await note(tx, asker, 'replace', tournamentId, { playerId }, { playerId: byPlayerId });
  });
}

type Change = Pick<ReturnType<typeof changeOf>, 'before' | 'after'>;

type Rescheduling =
  | { readonly tournamentId: string; readonly pairingId: string; readonly notBefore: Date | null }
  | { readonly tournamentId: string; readonly opensAt?: Date | undefined; readonly startsAt: Date };

/** A tournament that has not started to another time, or a pairing that is not fought yet to one not before a time. */
export async function reschedule(ctx: TournamentContext, asker: Asker, request: Rescheduling): Promise<void> {
  await withTournament(ctx, request.tournamentId, async (tx, row) => {
    assertRuns(row, asker);
    const { before, after } =
      'pairingId' in request
        ? await movePairing(tx, row, request)
        : await moveTournament(ctx, tx, row, request);
    await note(tx, asker, 'reschedule', row.id, before, after);
  });
}

/** Returns what changed, for the audit. */
async function movePairing(
  tx: Tx,
  row: TournamentRow,
  { pairingId, notBefore }: { readonly pairingId: string; readonly notBefore: Date | null },
): Promise<Change> {
  const pairing = await tx.pairing.findUnique({ where: { id: pairingId } });
  if (pairing?.tournamentId !== row.id)
    throw refusal('no_event', 'Not found: there is no such pairing here.');
  if (
    row.status !== 'running' ||
    (pairing.status !== 'ready' && pairing.status !== 'called' && pairing.status !== 'waiting')
  )
    throw refusal('too_late', `Conflict: the pairing is ${pairing.status}.`);
  await tx.pairing.update({
    where: { id: pairingId },
    data: { notBefore, deadlineAt: null, ...(pairing.status === 'called' ? { status: 'ready' } : {}) },
  });
  await writeTournament(tx, row.id);
  const noted = (at: Date | null) => ({ pairingId, notBefore: at?.toISOString() ?? null });
  return { before: noted(pairing.notBefore), after: noted(notBefore) };
}

/** Returns what changed, for the audit. */
async function moveTournament(
  ctx: TournamentContext,
  tx: Tx,
  row: TournamentRow,
  { opensAt = row.opensAt, startsAt }: { readonly opensAt?: Date | undefined; readonly startsAt: Date },
): Promise<Change> {
  assertNotStarted(row);
  const times = { opensAt, closesAt: closeFor(row, { ...row, startsAt }), startsAt };
  const plan = { ...row, ...times };
  const change = changeOf(row, plan);
  assertNotFixed(fixedOf(row, 0), Object.keys(change.after));
  checkTimes(plan, ctx.clock.now(), false);
  await writeTournament(tx, row.id, times);
  await checkInAnew(tx, row);
  return change;
}
