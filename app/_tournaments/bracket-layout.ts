import type { PairingView } from '@/server/tournaments/views/pairings';

/** Which part of a bracket a column belongs to. */
type GroupKind = 'single' | 'winners' | 'losers' | 'final';

/** How a round is called: the last ones by name, earlier ones by how many are left in them. */
export type RoundName =
  | {
      readonly kind:
        | 'final'
        | 'winnersFinal'
        | 'semifinal'
        | 'quarterfinal'
        | 'losersFinal'
        | 'grandFinal'
        | 'decider';
    }
  | { readonly kind: 'roundOf'; readonly players: number }
  | { readonly kind: 'losersRound'; readonly round: number };

export interface PlacedPairing {
  readonly pairing: PairingView;
  /** From 0, left to right. */
  readonly column: number;
  /** Where its middle is, from the top, in heights of one box. */
  readonly middle: number;
}

export interface BracketPart {
  readonly kind: GroupKind;
  readonly rounds: readonly { readonly name: RoundName; readonly pairings: readonly PlacedPairing[] }[];
  /** Winners go along these, from one pairing to the one that they fight in next. */
  readonly links: readonly { readonly from: PlacedPairing; readonly to: PlacedPairing }[];
  /** In boxes. */
  readonly height: number;
}

/** How many rows of the first round one pairing of this round stands for. */
function span(kind: GroupKind, round: number): number {
  // The losers' bracket halves every second round: between, the beaten of the winners' bracket come in.
  return 2 ** (kind === 'losers' ? Math.ceil(round / 2) - 1 : kind === 'final' ? 0 : round - 1);
}

/** The row in the next round that the winner of this pairing goes to. */
function nextRow(kind: GroupKind, { round, row }: PairingView): number {
  if (kind === 'final' || (kind === 'losers' && round % 2 === 1)) return row;
  return Math.ceil(row / 2);
}

function nameOf(kind: GroupKind, round: number, rounds: number): RoundName {
  if (kind === 'final') return { kind: round === 1 ? 'grandFinal' : 'decider' };
  if (kind === 'losers') return round === rounds ? { kind: 'losersFinal' } : { kind: 'losersRound', round };
  const left = rounds - round;
  if (left === 0) return { kind: kind === 'winners' ? 'winnersFinal' : 'final' };
  if (left === 1) return { kind: 'semifinal' };
  if (left === 2) return { kind: 'quarterfinal' };
  return { kind: 'roundOf', players: 2 ** (left + 1) };
}

function layOutPart(kind: GroupKind, pairings: readonly PairingView[]): BracketPart {
  const lastRound = Math.max(...pairings.map(({ round }) => round));
  const firstRound = Math.min(...pairings.map(({ round }) => round));
  const placed = pairings.map((pairing): PlacedPairing => {
    // Rounds in which everybody had a bye are not drawn, and take no room.
    const size = span(kind, pairing.round) / span(kind, firstRound);
    return { pairing, column: pairing.round - firstRound, middle: (pairing.row - 0.5) * size };
  });
  const at = new Map(placed.map((one) => [`${one.pairing.round}/${one.pairing.row}`, one]));
  const links = placed.flatMap((from) => {
    const to = at.get(`${from.pairing.round + 1}/${nextRow(kind, from.pairing)}`);
    return to ? [{ from, to }] : [];
  });
  const rounds = Array.from({ length: lastRound - firstRound + 1 }, (_, index) => ({
    name: nameOf(kind, firstRound + index, lastRound),
    pairings: placed
      .filter(({ column }) => column === index)
      .sort((one, other) => one.pairing.row - other.pairing.row),
  }));
  // Free of the rows at the top and the bottom that byes have left empty.
  const top = Math.min(...placed.map(({ middle }) => middle)) - 0.5;
  const bottom = Math.max(...placed.map(({ middle }) => middle)) + 0.5;
  if (top === 0) return { kind, rounds, links, height: bottom };
  const lifted = new Map(placed.map((one) => [one, { ...one, middle: one.middle - top }]));
  const lift = (one: PlacedPairing) => lifted.get(one) ?? one;
  return {
    kind,
    rounds: rounds.map((round) => ({ ...round, pairings: round.pairings.map(lift) })),
    links: links.map(({ from, to }) => ({ from: lift(from), to: lift(to) })),
    height: bottom - top,
  };
}

/**
 * Where each pairing of a bracket is drawn. Byes are not among the pairings: what they lead to stands where it would
 * with them.
 * @param format of the tournament; an arena has no bracket
 */
export function layOutBracket(
  format: 'single' | 'double',
  pairings: readonly PairingView[],
): readonly BracketPart[] {
  const kinds: readonly GroupKind[] = format === 'single' ? ['single'] : ['winners', 'losers', 'final'];
  return kinds.flatMap((kind, group) => {
    const own = pairings.filter((pairing) => pairing.group === group);
    return own.length === 0 ? [] : [layOutPart(kind, own)];
  });
}
