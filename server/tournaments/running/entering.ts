import { refusal } from '../refusals';
import {
  type Asker,
  type TournamentContext,
  type TournamentRow,
  today,
  withTournament,
  writeTournament,
} from './context';
import { putOut } from './steer';

/** What entrants do. Places and seats are the queue's and the reservations'; here they have one. */

/** "I am here", in the window before the start; again is fine. */
export async function checkIn(
  ctx: TournamentContext,
  { playerId }: Pick<Asker, 'playerId'>,
  request: { readonly tournamentId: string; readonly characterId?: number | undefined },
): Promise<void> {
  const { tournamentId, characterId } = request;
  await withTournament(ctx, tournamentId, async (tx, row) => {
    assertEntrantsTurn(row);
    const { count } = await tx.entrant.updateMany({
      where: { tournamentId, userId: playerId, outBecause: null, checkedInAt: null },
      data: { checkedInAt: today(ctx) },
    });
    const chosen = { tournamentId, userId: playerId, outBecause: null };
    const { count: mine } = await tx.entrant.updateMany({
      where: chosen,
      data: characterId === undefined ? {} : { characterId },
    });
    if (mine === 0) throw refusal('not_yours', 'Only who has a seat checks in.');
    if (count > 0 || characterId !== undefined) await writeTournament(tx, tournamentId);
  });
}

function assertEntrantsTurn({ status, checkInSeconds }: TournamentRow): void {
  if (status === 'checkin') return;
  if (status === 'running') throw refusal('too_late', 'Conflict: the check-in is over.');
  throw refusal(
    'not_open',
    checkInSeconds === 0 ? 'Conflict: there is no check-in.' : 'Conflict: check-in has not begun.',
  );
}

/** With which fighter an entrant fights from the next fight on. */
export async function chooseFighter(
  ctx: TournamentContext,
  { playerId }: Pick<Asker, 'playerId'>,
  request: { readonly tournamentId: string; readonly characterId: number },
): Promise<void> {
  const { tournamentId, characterId } = request;
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.entrant.updateMany({
      where: { tournamentId, userId: playerId, outBecause: null },
      data: { characterId },
    });
    if (count === 0) throw refusal('not_yours', 'Only who is in the tournament chooses a fighter for it.');
    await writeTournament(tx, tournamentId);
  });
}

/** Arena: wants the next fight, or a pause. */
export async function standBy(
  ctx: TournamentContext,
  { playerId }: Pick<Asker, 'playerId'>,
  request: { readonly tournamentId: string; readonly isReady: boolean },
): Promise<void> {
  const { tournamentId, isReady } = request;
  await withTournament(ctx, tournamentId, async (tx, row) => {
    if (row.format !== 'arena' || row.status !== 'running')
      throw refusal('not_open', 'Conflict: this is for an arena that runs.');
    const entrant = await tx.entrant.findUnique({
      where: { tournamentId_userId: { tournamentId, userId: playerId } },
    });
    if (!entrant || entrant.outBecause) throw refusal('not_yours', 'Only who is in the arena may do this.');
    if ((entrant.readyAt !== null) === isReady) return;
    await tx.entrant.update({
      where: { tournamentId_userId: { tournamentId, userId: playerId } },
      data: { readyAt: isReady ? today(ctx) : null },
    });
    await writeTournament(tx, tournamentId);
  });
}

/** Leaves a tournament that has started: what is open is lost. True when there was something to leave. */
export async function withdraw(
  ctx: TournamentContext,
  { playerId }: Pick<Asker, 'playerId'>,
  tournamentId: string,
): Promise<boolean> {
  return withTournament(ctx, tournamentId, async (tx, row) => {
    if (row.status !== 'running') return false;
    const entrant = await tx.entrant.findUnique({
      where: { tournamentId_userId: { tournamentId, userId: playerId } },
    });
    if (!entrant || entrant.outBecause) return false;
    await putOut(tx, row, playerId, 'withdrawn', today(ctx));
    return true;
  });
}
