import type { Logger } from 'pino';
import type { Pairing } from '../../db/generated/client';
import type { Sessions } from '../../sessions/sessions';
import { arrangeFight, chosenBy, markRunning, notCalled } from '../running/arrange-fight';
import {
  lockTournament,
  type TournamentContext,
  today,
  withTournament,
  writeTournament,
} from '../running/context';
import { countFailure } from '../running/counts';
import { betterSeed, decidePairing, seedsOf } from './progress';

/** How long somebody who was called has to appear. */
export const CALL_SECONDS = 120;

/** What calling needs of the sessions. */
export type Floor = Pick<Sessions, 'arrange' | 'isOnline' | 'matchOf'>;

export interface CallingContext extends TournamentContext {
  readonly sessions: Floor;
  readonly log: Logger;
}

/**
 * Calls the pairings whose turn it is, brings those together whose two are there and free, and decides those that somebody
 * did not come to.
 */
export async function callPairings(ctx: CallingContext): Promise<void> {
  const now = today(ctx);
  const waiting = await ctx.db.pairing.findMany({
    where: {
      status: { in: ['ready', 'called'] },
      tournament: { status: 'running', pausedAt: null, format: { not: 'arena' } },
      OR: [{ notBefore: null }, { notBefore: { lte: now } }],
    },
    orderBy: [{ createdAt: 'asc' }, { number: 'asc' }],
    take: 1_000,
  });
  for (const pairing of waiting)
    await step(ctx, pairing).catch((err: unknown) => {
      countFailure('call');
      ctx.log.warn(
        { err, pairingId: pairing.id },
        'a pairing could not be moved along; it will be tried again',
      );
    });
}

async function step(ctx: CallingContext, pairing: Pairing): Promise<void> {
  if (pairing.status === 'ready') await call(ctx, pairing);
  const { player1Id, player2Id } = pairing;
  if (player1Id === null || player2Id === null) return;
  if (isThere(ctx, player1Id) && isThere(ctx, player2Id)) {
    await bringTogether(ctx, pairing, player1Id, player2Id);
    return;
  }
  if (pairing.deadlineAt !== null && pairing.deadlineAt <= today(ctx)) await decideAbsence(ctx, pairing.id);
}

async function call(ctx: CallingContext, { id, tournamentId }: Pairing): Promise<void> {
  if (tournamentId === null) return;
  const deadlineAt = new Date(ctx.clock.now() + CALL_SECONDS * 1_000);
  await withTournament(ctx, tournamentId, async (tx, row) => {
    if (row.status !== 'running' || row.pausedAt) return;
    const { count } = await tx.pairing.updateMany({
      where: { id, status: 'ready' },
      data: { status: 'called', deadlineAt },
    });
    if (count === 1) await writeTournament(tx, tournamentId);
  });
}

/** Connected, and in no other fight. */
function isThere({ sessions }: CallingContext, playerId: string): boolean {
  return sessions.isOnline(playerId) && sessions.matchOf(playerId) === undefined;
}

/** The session and the pairing's mark of it are one transaction. */
async function bringTogether(
  ctx: CallingContext,
  pairing: Pairing,
  player1Id: string,
  player2Id: string,
): Promise<void> {
  const { id, tournamentId } = pairing;
  if (tournamentId === null) return;
  const fighters = await ctx.db.entrant.findMany({
    where: { tournamentId, userId: { in: [player1Id, player2Id] } },
    select: { userId: true, characterId: true },
  });
  await arrangeFight(ctx.sessions, {
    player1Id,
    player2Id,
    characters: chosenBy(fighters),
    source: 'tournament',
    async note(tx, sessionId) {
      // The tournament first, as everywhere: two that wait for each other would never go on.
      const row = await lockTournament(tx, tournamentId);
      if (row.status !== 'running' || row.pausedAt) throw notCalled();
      await markRunning(tx, id, sessionId);
      await writeTournament(tx, tournamentId);
    },
  });
}

/**
 * The time is up. Who is there goes on; a fight that another tournament or room arranged is no absence, any other is. With
 * nobody there the better seed goes on.
 */
async function decideAbsence(ctx: CallingContext, pairingId: string): Promise<void> {
  const now = today(ctx);
  const { tournamentId } = await ctx.db.pairing.findUniqueOrThrow({ where: { id: pairingId } });
  if (tournamentId === null) return;
  await withTournament(ctx, tournamentId, async (tx, row) => {
    const pairing = await tx.pairing.findUniqueOrThrow({ where: { id: pairingId } });
    const { player1Id, player2Id, deadlineAt } = pairing;
    if (row.status !== 'running' || row.pausedAt || pairing.status !== 'called') return;
    if (player1Id === null || player2Id === null || deadlineAt === null || deadlineAt > now) return;
    const isKept = (id: string) =>
      ctx.sessions.isOnline(id) && (ctx.sessions.matchOf(id)?.source ?? null) !== null;
    if (isKept(player1Id) || isKept(player2Id)) return;
    const [isFirst, isSecond] = [isThere(ctx, player1Id), isThere(ctx, player2Id)];
    if (isFirst && isSecond) return;
    if (isFirst !== isSecond) {
      await decidePairing(tx, row, pairing, isFirst ? 1 : 2, 'no_show', now);
      return;
    }
    const seeds = await seedsOf(tx, row.id, [player1Id, player2Id]);
    await decidePairing(tx, row, pairing, betterSeed(seeds), 'both_absent', now);
  });
}
