import type { Pairing } from '../../db/generated/client';
import { updateRatings } from '../../records/ratings';
import type { SessionEnd } from '../../sessions/sessions';
import { recordArenaEnd } from '../arena/results';
import { betterSeed, decidePairing, REST_MS, seedsOf } from '../brackets/progress';
import { recordRoomEnd } from '../rooms/results';
import type { PairingReason } from '../views/pairings';
import { lockTournament, type TournamentRow, type Tx, writeTournament } from './context';
import { countReplay } from './counts';
import { isRated, outcomeOf } from './outcome';

/**
 * What follows from the end of a session, written in the transaction that ends it: ratings, and the pairing that it was
 * fought for with its bracket, arena or room. This is the only way in which a fight decides anything.
 */
export async function recordEnd(tx: Tx, end: SessionEnd): Promise<void> {
  const { player1Id, player2Id, outcome, at } = end;
  if (outcome.kind === 'verdict' && isRated(end))
    await updateRatings(tx, { player1Id, player2Id, winner: outcome.winner, at });
  if (end.source === null) return;
  const found = await tx.pairing.findUnique({ where: { sessionId: end.sessionId } });
  if (found?.roomId) await recordRoomEnd(tx, found, end);
  if (!found?.tournamentId) return;
  const row = await lockTournament(tx, found.tournamentId);
  // Somebody may have decided it otherwise while the fight went on.
  const pairing = await tx.pairing.findUniqueOrThrow({ where: { id: found.id } });
  if (row.status !== 'running' || pairing.status !== 'running' || pairing.sessionId !== end.sessionId) return;
  if (row.format === 'arena') await recordArenaEnd(tx, row, pairing, end);
  else await recordBracketEnd(tx, row, pairing, end);
}

async function recordBracketEnd(
  tx: Tx,
  row: TournamentRow,
  pairing: Pairing,
  end: SessionEnd,
): Promise<void> {
  const { at } = end;
  const outcome = outcomeOf(end);
  if (outcome.kind === 'won') {
    await countWin(tx, row, pairing, outcome, at);
    return;
  }
  if (outcome.isOurs || !pairing.replayed) {
    if (!outcome.isOurs) countReplay();
    await fightAgain(tx, row, pairing, { replayed: pairing.replayed || !outcome.isOurs }, at);
    return;
  }
  if (outcome.owedBy !== undefined) {
    const winner = outcome.owedBy === 1 ? 2 : 1;
    await countWin(tx, row, pairing, { winner, reason: 'no_show' }, at);
    return;
  }
  const seeds = await seedsOf(tx, row.id, [pairing.player1Id ?? '', pairing.player2Id ?? '']);
  await decidePairing(tx, row, pairing, betterSeed(seeds), 'seed', at);
}

/** A fight of the set is won; the set is when its majority is. Who did not come has lost the whole set. */
async function countWin(
  tx: Tx,
  row: TournamentRow,
  pairing: Pairing,
  { winner, reason }: { readonly winner: 1 | 2; readonly reason: PairingReason },
  at: Date,
): Promise<void> {
  const needed = Math.ceil(row.bestOf / 2);
  const wins = {
    wins1: pairing.wins1 + (winner === 1 ? 1 : 0),
    wins2: pairing.wins2 + (winner === 2 ? 1 : 0),
  };
  if (reason !== 'no_show' && wins.wins1 < needed && wins.wins2 < needed) {
    await fightAgain(tx, row, pairing, { ...wins, replayed: false }, at);
    return;
  }
  await tx.pairing.update({ where: { id: pairing.id }, data: wins, select: { id: true } });
  await decidePairing(tx, row, pairing, winner, reason, at);
}

async function fightAgain(
  tx: Tx,
  row: TournamentRow,
  { id }: Pairing,
  data: { readonly replayed: boolean; readonly wins1?: number; readonly wins2?: number },
  at: Date,
): Promise<void> {
  await tx.pairing.update({
    where: { id },
    data: { ...data, status: 'ready', deadlineAt: null, notBefore: new Date(at.getTime() + REST_MS) },
    select: { id: true },
  });
  await writeTournament(tx, row.id);
}
