import { BracketsManager } from 'brackets-manager';
import type { Database, Match } from 'brackets-model';
import { emptyTables, TablesInMemory } from './storage';

/**
 * Brackets of single and double elimination. The rules (who meets whom, byes, where the beaten go) are `brackets-manager`'s;
 * names, places and the grand final's second match are ours. Byes are no matches.
 */

export type BracketFormat = 'single' | 'double';

/** As it is kept in `Tournament.bracket`: a participant's name is the player's id. */
export type Bracket = Database;

export interface BracketMatch {
  /** Stays the same from the drawing up on. */
  readonly number: number;
  /** 0 the only or winners' bracket, 1 losers', 2 grand final. */
  readonly group: number;
  /** From 1 within its group. */
  readonly round: number;
  /** From 1 within its round. */
  readonly row: number;
  /** null while not known */
  readonly player1Id: string | null;
  readonly player2Id: string | null;
  /** 0 while open */
  readonly winner: 0 | 1 | 2;
}

const GRAND_FINAL = 2;

/**
 * Draws up a bracket: the best seed meets the last one, byes go to the best, the first two meet in the final at the earliest.
 * @param seeded ids of at least two players, best first
 */
export async function drawUp(format: BracketFormat, seeded: readonly string[]): Promise<Bracket> {
  if (seeded.length < 2) throw new RangeError('A bracket needs two players.');
  const tables = emptyTables();
  // The rule book plays a single match for a double elimination of two: with two byes beside them it is one.
  let size = format === 'double' ? 4 : 2;
  while (size < seeded.length) size *= 2;
  const byes = Array<null>(size - seeded.length).fill(null);
  await new BracketsManager(new TablesInMemory(tables)).create.stage({
    tournamentId: 0,
    name: format,
    type: format === 'double' ? 'double_elimination' : 'single_elimination',
    seeding: [...seeded, ...byes],
    settings: {
      size,
      seedOrdering: ['inner_outer'],
      ...(format === 'double' ? { grandFinal: 'double' as const } : {}),
    },
  });
  return tables;
}

/** All matches between two people, known or not, in the order of their numbers. */
export function matchesOf(bracket: Bracket): BracketMatch[] {
  const view = viewer(bracket);
  const matches = bracket.match
    .filter(({ opponent1, opponent2 }) => opponent1 !== null && opponent2 !== null)
    .map(view);
  // Once the winner of the losers' bracket has won the first final, both have lost once.
  const isAgain = matches.some(
    ({ group, round, winner }) => group === GRAND_FINAL && round === 1 && winner === 2,
  );
  return isAgain ? matches : matches.filter((match) => !isSecondFinal(match));
}

/** Matches of a bracket that are new, or have other people or another winner, than before. */
export function changesOf(before: Bracket | undefined, after: Bracket): BracketMatch[] {
  const old = new Map(before ? matchesOf(before).map((match) => [match.number, match]) : []);
  return matchesOf(after).filter((match) => {
    const was = old.get(match.number);
    return (
      was?.winner !== match.winner || was.player1Id !== match.player1Id || was.player2Id !== match.player2Id
    );
  });
}

/**
 * Notes who won a match.
 * @returns the bracket as it stands then; the one given stays as it is
 * @throws RangeError for a match that is not open
 */
export async function withResult(bracket: Bracket, number: number, winner: 1 | 2): Promise<Bracket> {
  const match = matchesOf(bracket).find((one) => one.number === number);
  if (match?.winner !== 0 || match.player1Id === null || match.player2Id === null)
    throw new RangeError(`Match ${number} is not open.`);
  const tables = structuredClone(bracket);
  await new BracketsManager(new TablesInMemory(tables)).update.match({
    id: number,
    opponent1: { result: winner === 1 ? 'win' : 'loss' },
    opponent2: { result: winner === 2 ? 'win' : 'loss' },
  });
  return tables;
}

/** Puts somebody else in a player's stead; the one given stays as it is. */
export function withReplaced(bracket: Bracket, playerId: string, byPlayerId: string): Bracket {
  const tables = structuredClone(bracket);
  for (const participant of tables.participant)
    if (participant.name === playerId) participant.name = byPlayerId;
  return tables;
}

/** Who won it all, or undefined while that is open. */
export function championOf(bracket: Bracket): string | undefined {
  const last = matchesOf(bracket).at(-1);
  if (!last || last.winner === 0) return undefined;
  return (last.winner === 1 ? last.player1Id : last.player2Id) ?? undefined;
}

/**
 * Everybody's place, or undefined while the bracket is open. Who was put out in the same round shares a place; the next
 * place counts them all, as usual.
 */
export function placesOf(bracket: Bracket): ReadonlyMap<string, number> | undefined {
  const champion = championOf(bracket);
  if (champion === undefined) return undefined;
  const lostLast = new Map<string, number>();
  for (const match of matchesOf(bracket)) {
    const loser = match.winner === 1 ? match.player2Id : match.player1Id;
    // The number grows with the rounds; the latest defeat puts out.
    if (loser !== null) lostLast.set(loser, match.group * 1_000 + match.round);
  }
  lostLast.delete(champion);
  const places = new Map([[champion, 1]]);
  const latest = [...lostLast.values()].toSorted((one, two) => two - one);
  for (const [player, when] of lostLast) places.set(player, 2 + latest.indexOf(when));
  return places;
}

/** How a match of the rule book is seen; what it refers to is looked up once for all of them. */
function viewer(bracket: Bracket): (match: Match) => BracketMatch {
  const groups = new Map(bracket.group.map(({ id, number }) => [id, number]));
  const rounds = new Map(bracket.round.map(({ id, number }) => [id, number]));
  const names = new Map(bracket.participant.map(({ id, name }) => [id, name]));
  const player = (opponent: Match['opponent1']) =>
    opponent?.id == null ? null : (names.get(opponent.id) ?? null);
  return ({ id, group_id, round_id, number, opponent1, opponent2 }) => ({
    number: Number(id),
    group: (groups.get(group_id) ?? 1) - 1,
    round: rounds.get(round_id) ?? 1,
    row: number,
    player1Id: player(opponent1),
    player2Id: player(opponent2),
    winner: opponent1?.result === 'win' ? 1 : opponent2?.result === 'win' ? 2 : 0,
  });
}

const isSecondFinal = ({ group, round }: BracketMatch) => group === GRAND_FINAL && round === 2;
