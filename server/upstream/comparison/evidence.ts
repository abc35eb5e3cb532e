/**
 * Evidence that one arm of a comparison does worse, which may be looked at after every block and stopped at any time.
 *
 * A block is some calls of both arms, taken together in time. If the arms are alike, then which of a block's bad calls
 * were the new arm's is chance: given how many calls each arm had and how many were bad, the number of bad ones of the
 * new arm has the hypergeometric distribution, whatever the weather of the block was. So bursts and drift that meet
 * both arms cancel. Against it stand alternatives in which the odds of being bad are θ times as high (Fisher's
 * noncentral hypergeometric); the ratio of the two likelihoods is an e-value, products of e-values over blocks are
 * e-processes, and so are their averages (Grünwald, de Heide, Koolen: Safe Testing; Ramdas et al.: Game-theoretic
 * statistics and safe anytime-valid inference). By Ville's inequality one that starts at w exceeds c at any time with
 * a probability of at most w/c.
 */

/** One block as a table: how many calls of each arm, and how many of them were bad. */
export interface Table {
  readonly oldCalls: number;
  readonly newCalls: number;
  readonly oldBad: number;
  readonly newBad: number;
}

/** Σ over j of P(j bad ones in the new arm | no difference) × θʲ, up to a factor that does not depend on θ. */
function mass({ oldCalls, newCalls, oldBad, newBad }: Table, theta: number): number {
  const bad = oldBad + newBad;
  const least = Math.max(0, bad - oldCalls);
  const most = Math.min(bad, newCalls);
  let weight = 1;
  let power = theta ** least;
  let sum = power;
  for (let j = least; j < most; j += 1) {
    weight *= ((newCalls - j) * (bad - j)) / ((j + 1) * (oldCalls - bad + j + 1));
    power *= theta;
    sum += weight * power;
  }
  return sum;
}

/** The e-value of one block for odds θ times as high, against none. 1 for a block that says nothing. */
export function blockEvidence(table: Table, theta: number): number {
  if (table.oldBad + table.newBad === 0 || table.oldCalls === 0 || table.newCalls === 0) return 1;
  return (theta ** table.newBad * mass(table, 1)) / mass(table, theta);
}

/** One alternative that is bet on: odds in one of the things that are watched, with its part of the stake. */
export interface Bet {
  readonly theta: number;
  /** The parts of all bets add up to 1. */
  readonly part: number;
}

/** Below this a process is as good as lost, and its rest is let go: numbers without end are slow. */
const LOST = 1e-30;

/**
 * Several e-processes that start one after another, so that evidence lost over hours of no difference does not delay
 * the notice of one that begins now. In the first hour they
 * are given 1 to bet, and in any hour at most 1.25 (what those alive are expected to hold, and what those that start are
 * given), so the sum exceeds c within any hour with a probability of at most 1.25/c.
 */
export class RollingEvidence {
  readonly #bets: readonly Bet[];
  readonly #starts: { readonly at: number; readonly stake: number; readonly wealth: Float64Array }[] = [];
  readonly #restartMs: number;
  readonly #lifeMs: number;
  #isFirst = true;

  /** A process starts at first and then every twelfth part of `lifeMs`, and lives that long. */
  constructor(bets: readonly Bet[], lifeMs: number) {
    this.#bets = bets;
    this.#lifeMs = lifeMs;
    this.#restartMs = lifeMs / RESTARTS;
  }

  /** The sum of what the processes have. */
  get value(): number {
    let sum = 0;
    for (const { stake, wealth } of this.#starts) {
      let own = 0;
      for (const one of wealth) own += one;
      sum += stake * own;
    }
    return sum;
  }

  /**
   * Takes one block in.
   * @param now Unix ms
   * @param factors the block's e-value for each bet
   */
  add(now: number, factors: Float64Array): void {
    this.#turn(now);
    for (const { wealth } of this.#starts)
      for (let bet = 0; bet < wealth.length; bet += 1) {
        const next = (wealth[bet] ?? 0) * (factors[bet] ?? 1);
        wealth[bet] = next < LOST ? 0 : next;
      }
  }

  #turn(now: number): void {
    const last = this.#starts.at(-1);
    if (last && now - last.at < this.#restartMs) return;
    // The first may hold what would be those before it: 13 + 11 of 24 parts.
    const stake = (this.#isFirst ? RESTARTS + 1 : 1) / (2 * RESTARTS);
    this.#isFirst = false;
    this.#starts.push({ at: now, stake, wealth: Float64Array.from(this.#bets, ({ part }) => part) });
    while (this.#starts[0] && now - this.#starts[0].at >= this.#lifeMs) this.#starts.shift();
  }
}

const RESTARTS = 12;
