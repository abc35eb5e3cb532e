import type { Character } from '../../engine/fighter/characters/types';
import { FRAMES_PER_SECOND, SUB } from '../../engine/fighter/rules';
import { FOUGHT_REASONS } from '../../proto/sessions';
import type { Db } from '../db/client';
import { type CharacterSummary, characterSummary, type MoveView, movesOf } from './frame-data';

/** One figure in which two characters compare, and whom it favours: 1, 2 or 0. */
export interface MatchupFact {
  readonly fact:
    | 'fastest_attack_frames'
    | 'heavy_hits_to_knock_out'
    | 'throw_range_units'
    | 'walk_units_a_second'
    | 'health'
    | 'has_projectile';
  readonly player1: number;
  readonly player2: number;
  readonly favours: 0 | 1 | 2;
}

/** A blocked move that leaves its owner open, and what the other can answer with in time. */
export interface Punish {
  /** The move that was blocked. */
  readonly move: string;
  /** Frames in which its owner can't act but the other can. */
  readonly openFrames: number;
  /** Names of moves that start within them, the most damaging first. Reach is not looked at. */
  readonly by: readonly string[];
}

/** How fights between the two characters ended here. Disputed matches and forfeits don't count. */
export interface MatchupResults {
  readonly matches: number;
  readonly player1Wins: number;
  readonly player2Wins: number;
  readonly draws: number;
}

export interface Matchup {
  readonly player1: CharacterSummary;
  readonly player2: CharacterSummary;
  readonly facts: readonly MatchupFact[];
  /** What each can punish when it has blocked. */
  readonly punishes: { readonly player1: readonly Punish[]; readonly player2: readonly Punish[] };
  readonly results: MatchupResults;
}

function favours(player1: number, player2: number, better: 'more' | 'less'): 0 | 1 | 2 {
  if (player1 === player2) return 0;
  return player1 > player2 === (better === 'more') ? 1 : 2;
}

/** What can be pressed while standing, throws aside. */
function strikes(character: Character): MoveView[] {
  return movesOf(character).filter((move) => move.guard !== 'throw' && !move.slot.startsWith('AIR_'));
}

function fastest(character: Character): number {
  return Math.min(...strikes(character).map((move) => move.startup + 1));
}

/** Stage units a second, forward. */
function walkSpeed(character: Character): number {
  return Math.round((character.stats.walkForward * FRAMES_PER_SECOND) / SUB);
}

/** Heavy hits that it takes to knock the other out. */
function hitsToKnockOut(attacker: Character, defender: Character): number {
  const heavy = movesOf(attacker).find((move) => move.slot === 'HEAVY');
  return Math.ceil(defender.stats.health / Math.max(1, heavy?.damage ?? 1));
}

/** What two characters' data say about a fight between them. */
export function matchupFacts(a: Character, b: Character): MatchupFact[] {
  const fact = (
    name: MatchupFact['fact'],
    player1: number,
    player2: number,
    better: 'more' | 'less',
  ): MatchupFact => ({ fact: name, player1, player2, favours: favours(player1, player2, better) });
  const projectiles = (character: Character) => Number(movesOf(character).some((move) => move.isProjectile));
  return [
    fact('fastest_attack_frames', fastest(a), fastest(b), 'less'),
    fact('heavy_hits_to_knock_out', hitsToKnockOut(a, b), hitsToKnockOut(b, a), 'less'),
    fact('throw_range_units', a.stats.throwRange, b.stats.throwRange, 'more'),
    fact('walk_units_a_second', walkSpeed(a), walkSpeed(b), 'more'),
    fact('health', a.stats.health, b.stats.health, 'more'),
    fact('has_projectile', projectiles(a), projectiles(b), 'more'),
  ];
}

/** Moves of `attacker` that `defender` can answer after blocking them. */
export function punishesBy(defender: Character, attacker: Character): Punish[] {
  const answers = strikes(defender).sort((x, y) => y.damage - x.damage);
  return strikes(attacker).flatMap((move) => {
    const openFrames = -(move.advantageOnBlock ?? 0);
    // A projectile blocked from afar leaves nobody in reach.
    if (openFrames <= 0 || move.isProjectile) return [];
    const by = answers.filter((answer) => answer.startup + 1 <= openFrames).map((answer) => answer.name);
    return by.length === 0 ? [] : [{ move: move.name, openFrames, by }];
  });
}

async function countWins(db: Db, player1Character: number, player2Character: number) {
  const rows = await db.matchResult.groupBy({
    by: ['winner'],
    where: { reason: { in: [...FOUGHT_REASONS] }, session: { player1Character, player2Character } },
    _count: { _all: true },
  });
  const of = (winner: number) => rows.find((row) => row.winner === winner)?._count._all ?? 0;
  return { first: of(1), second: of(2), draws: of(0) };
}

/** Results of stored matches between two characters, whichever side each was on. */
export async function matchupResults(db: Db, a: Character, b: Character): Promise<MatchupResults> {
  const straight = await countWins(db, a.id, b.id);
  const none = { first: 0, second: 0, draws: 0 };
  const crossed = a.id === b.id ? none : await countWins(db, b.id, a.id);
  const player1Wins = straight.first + crossed.second;
  const player2Wins = straight.second + crossed.first;
  const draws = straight.draws + crossed.draws;
  return { matches: player1Wins + player2Wins + draws, player1Wins, player2Wins, draws };
}

/** Everything known about a fight between two characters. */
export async function readMatchup(db: Db, a: Character, b: Character): Promise<Matchup> {
  return {
    player1: characterSummary(a),
    player2: characterSummary(b),
    facts: matchupFacts(a, b),
    punishes: { player1: punishesBy(a, b), player2: punishesBy(b, a) },
    results: await matchupResults(db, a, b),
  };
}
