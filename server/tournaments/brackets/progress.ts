import type { Prisma } from '../../db/generated/client';
import { type TournamentRow, type Tx, writeTournament } from '../running/context';
import { countPairing } from '../running/counts';
import { finishInside } from '../running/ending';
import type { PairingReason } from '../views/pairings';
import { type Bracket, changesOf, matchesOf, placesOf, withResult } from './bracket';

/**
 * A bracket and its pairings, which are written together: `Tournament.bracket` is the rule book's, `Pairing` rows are what
 * is called, fought and shown. Everything here runs inside the tournament's lock.
 */

/** Between two fights of the same people or rounds. */
export const REST_MS = 10_000;

export function bracketOf({ bracket }: { readonly bracket: unknown }): Bracket | undefined {
  return isBracket(bracket) ? bracket : undefined;
}

/** The column has what `writeBracket` wrote. */
function isBracket(value: unknown): value is Bracket {
  return typeof value === 'object' && value !== null && 'match' in value && Array.isArray(value.match);
}

async function writeBracket(tx: Tx, row: TournamentRow, bracket: Bracket): Promise<void> {
  const json: Prisma.JsonObject = JSON.parse(JSON.stringify(bracket));
  row.bracket = json;
  await writeTournament(tx, row.id, { bracket: json });
}

/** Writes a bracket and brings the pairings in line with it; decides what is decided by who is out. */
export async function putBracket(tx: Tx, row: TournamentRow, bracket: Bracket, at: Date): Promise<void> {
  const out = new Map(
    (
      await tx.entrant.findMany({
        where: { tournamentId: row.id, outBecause: { in: ['disqualified', 'withdrawn'] } },
        select: { userId: true, outBecause: true },
      })
    ).map(({ userId, outBecause }) => [userId, outBecause]),
  );
  const decided = new Map<number, PairingReason>();
  let now = bracket;
  for (;;) {
    const walkover = matchesOf(now).find(
      ({ winner, player1Id, player2Id }) =>
        winner === 0 &&
        player1Id !== null &&
        player2Id !== null &&
        (out.has(player1Id) || out.has(player2Id)),
    );
    if (!walkover) break;
    const { number, player1Id, player2Id } = walkover;
    const seeds = await seedsOf(tx, row.id, [player1Id ?? '', player2Id ?? '']);
    const isFirstOut = out.has(player1Id ?? '');
    const isSecondOut = out.has(player2Id ?? '');
    const winner = isFirstOut === isSecondOut ? betterSeed(seeds) : isFirstOut ? 2 : 1;
    const loser = (winner === 1 ? player2Id : player1Id) ?? '';
    decided.set(number, out.get(loser) === 'withdrawn' ? 'withdrawn' : 'disqualified');
    now = await withResult(now, number, winner);
  }
  await putPairings(tx, row, now, decided, at);
  await writeBracket(tx, row, now);
  const places = placesOf(now);
  if (places) await finishInside(tx, row, places, at);
}

/**
 * Brings the rows in line with what changed in the bracket since it was written: new ones are made, those that wait get their people, and what was decided without a
 * fight ends.
 */
async function putPairings(
  tx: Tx,
  row: TournamentRow,
  bracket: Bracket,
  decided: ReadonlyMap<number, PairingReason>,
  at: Date,
): Promise<void> {
  const written = bracketOf(row);
  const changes = changesOf(written, bracket);
  const numbers = changes.map(({ number }) => number);
  const known = new Map(
    (written
      ? await tx.pairing.findMany({ where: { tournamentId: row.id, number: { in: numbers } } })
      : []
    ).map((pairing) => [pairing.number, pairing]),
  );
  const made: Prisma.PairingCreateManyInput[] = [];
  for (const { player1Id, player2Id, winner, ...place } of changes) {
    const { number } = place;
    const before = known.get(number);
    const reason = decided.get(number);
    const isKnown = player1Id !== null && player2Id !== null;
    const status = winner !== 0 ? 'ended' : isKnown ? 'ready' : 'waiting';
    const ended = reason ? { reason, deadlineAt: null, endedAt: at } : {};
    const people = { player1Id, player2Id, winner, status } as const;
    // Nobody has fought before the first round.
    const isNext = status === 'ready' && written !== undefined;
    const rest = isNext ? { notBefore: new Date(at.getTime() + REST_MS) } : {};
    if (!before) {
      made.push({ ...people, ...ended, ...rest, ...place, tournamentId: row.id, createdAt: at });
    } else if (before.status === 'waiting' || (reason && before.status !== 'ended')) {
      if (!reason && before.player1Id === player1Id && before.player2Id === player2Id) continue;
      await tx.pairing.update({
        where: { id: before.id },
        data: { ...people, ...ended, ...rest },
        select: { id: true },
      });
    }
    if (reason) countPairing('bracket', reason);
  }
  if (made.length > 0) await tx.pairing.createMany({ data: made });
}

/** Ends a pairing of a bracket: the result goes into the bracket, and whoever is known now gets ready. */
export async function decidePairing(
  tx: Tx,
  row: TournamentRow,
  pairing: { readonly id: string; readonly number: number },
  winner: 1 | 2,
  reason: PairingReason,
  at: Date,
): Promise<void> {
  const bracket = bracketOf(row);
  if (!bracket) throw new Error(`Tournament ${row.id} has a pairing and no bracket.`);
  await tx.pairing.update({
    where: { id: pairing.id },
    data: { status: 'ended', winner, reason, endedAt: at, deadlineAt: null },
    select: { id: true },
  });
  countPairing('bracket', reason);
  await putBracket(tx, row, await withResult(bracket, pairing.number, winner), at);
}

/** Seeds of two players; who has none stands behind all. */
export async function seedsOf(
  tx: Tx,
  tournamentId: string,
  [one, two]: readonly [string, string],
): Promise<readonly [number, number]> {
  const rows = await tx.entrant.findMany({
    where: { tournamentId, userId: { in: [one, two] } },
    select: { userId: true, seed: true },
  });
  const seed = (id: string) => rows.find(({ userId }) => userId === id)?.seed ?? Number.MAX_SAFE_INTEGER;
  return [seed(one), seed(two)];
}

export const betterSeed = ([one, two]: readonly [number, number]): 1 | 2 => (one <= two ? 1 : 2);
