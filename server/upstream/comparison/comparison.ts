import { type Bet, blockEvidence, RollingEvidence, type Table } from './evidence';
import { Fortunes } from './fortunes';
import { ConfidenceSequence, type Interval } from './interval';
import { Tail } from './tail';

export type Arm = 'old' | 'new';

/** One call of either arm, judged by its first try. */
export interface Outcome {
  readonly arm: Arm;
  readonly isError: boolean;
  /** undefined: it was not sent, since its way was closed. */
  readonly ms: number | undefined;
  /** Who called: somebody's calls in one block count as one. */
  readonly user: string | undefined;
}

/**
 * What is watched beside errors: latencies beyond a quantile of the old arm's, times a factor. Latencies are taken as
 * multiples of the old arm's latest median, so that a slow hour moves the threshold along at once.
 */
const TAILS = [
  {
    quantile: 0.9,
    times: 1,
    bets: [
      { theta: 1.5, part: 1 / 32 },
      { theta: 4, part: 1 / 32 },
    ],
  },
  {
    quantile: 0.99,
    times: 1,
    bets: [
      { theta: 2.5, part: 2 / 32 },
      { theta: 12, part: 1 / 32 },
    ],
  },
  {
    quantile: 0.99,
    times: 1.3,
    bets: [
      { theta: 4, part: 7 / 32 },
      { theta: 20, part: 4 / 32 },
    ],
  },
] as const;
const ON_ERRORS: readonly Bet[] = [
  { theta: 3, part: 1 / 8 },
  { theta: 12, part: 3 / 8 },
];
const BETS_BY_KIND: readonly (readonly Bet[])[] = [ON_ERRORS, ...TAILS.map(({ bets }) => bets)];
const BETS: readonly Bet[] = BETS_BY_KIND.flat();
/** The kind whose difference is drawn beside errors: beyond the old arm's 99th percentile. */
const DRAWN_TAIL = 2;

/** Evidence at which the new arm has lost: by chance alone in at most one of 100 hours, whenever they begin. */
export const ENOUGH = 125;
/** Calls of both arms in a block. */
const BLOCK_CALLS = 64;
/** Blocks of which one difference is drawn. */
const BATCH_BLOCKS = 8;
/** The old arm's calls that are needed to know its tail. */
const TAIL_CALLS = 200;
const LIFE_MS = 3_600_000;
/** The new arm may be so much slower before that counts: protocols differ by themselves. */
const SLOWER_TIMES = 1.15;
const SLOWER_MS = 0.25;

/** How a comparison stands. */
export interface Standing {
  /** Calls since it began. */
  readonly oldCalls: number;
  readonly newCalls: number;
  /** Grows when the new arm does worse; {@link ENOUGH} is enough. */
  readonly evidence: number;
  /** Errors of the new arm less errors of the old one, as parts of all calls; at 95 %. */
  readonly errors: Interval | undefined;
  /** The same for calls slower than the old arm's 99th percentile. */
  readonly slow: Interval | undefined;
}

/** What a call can be bad in: it failed, or it was beyond one of the tails. */
const KINDS = 1 + TAILS.length;
const ERROR = 0;

interface Unit {
  readonly isNew: boolean;
  readonly user: string | undefined;
  /** By kind. */
  readonly bad: boolean[];
}

/** Tells whether the new arm does worse than the old one in errors or in the tail of its latency; may be asked at any time. */
export class Comparison {
  readonly #tail = new Tail();
  readonly #factors = new Float64Array(BETS.length);
  readonly #fortunes = new Fortunes(KINDS, LIFE_MS);
  readonly #errors = new ConfidenceSequence(0.05);
  readonly #slow = new ConfidenceSequence(0.05);
  #evidence = new RollingEvidence(BETS, LIFE_MS);
  #value = 0;
  #thresholds: readonly number[] | undefined;
  #level: number | undefined;
  #oldTimes: number[] = [];
  #units: Unit[] = [];
  #users = new Map<string, Unit>();
  #calls = { old: 0, new: 0, block: 0 };
  #batch = { blocks: 0, old: 0, new: 0, oldErrors: 0, newErrors: 0, oldSlow: 0, newSlow: 0 };

  /**
   * Takes one call in.
   * @param now Unix ms
   * @returns true when the new arm has lost
   */
  add(now: number, { arm, isError, ms, user }: Outcome): boolean {
    const unit = this.#unit(arm, user);
    if (isError) unit.bad[ERROR] = true;
    if (ms !== undefined && this.#level !== undefined) this.#time(unit, ms, this.#level);
    if (arm === 'old' && ms !== undefined) this.#oldTimes.push(ms);
    this.#calls[arm] += 1;
    this.#calls.block += 1;
    if (this.#calls.block >= BLOCK_CALLS) this.#close(now);
    return this.#value >= ENOUGH;
  }

  standing(): Standing {
    return {
      oldCalls: this.#calls.old,
      newCalls: this.#calls.new,
      evidence: this.#value,
      errors: this.#errors.interval,
      slow: this.#slow.interval,
    };
  }

  #time(unit: Unit, ms: number, level: number): void {
    const own = (unit.isNew ? (ms - SLOWER_MS) / SLOWER_TIMES : ms) / level;
    this.#thresholds?.forEach((threshold, index) => {
      if (own > threshold) unit.bad[1 + index] = true;
    });
  }

  #unit(arm: Arm, user: string | undefined): Unit {
    const key = user === undefined ? undefined : `${arm} ${user}`;
    const known = key === undefined ? undefined : this.#users.get(key);
    if (known) return known;
    const unit: Unit = { isNew: arm === 'new', user, bad: [] };
    this.#units.push(unit);
    if (key !== undefined) this.#users.set(key, unit);
    return unit;
  }

  #close(now: number): void {
    const tables = Array.from({ length: KINDS }, (_, kind) => this.#table(kind));
    let bet = 0;
    BETS_BY_KIND.forEach((bets, kind) => {
      const table = tables[kind];
      const isKnown = table !== undefined && (kind === ERROR || this.#thresholds !== undefined);
      for (const { theta } of bets) this.#factors[bet++] = isKnown ? blockEvidence(table, theta) : 1;
    });
    this.#evidence.add(now, this.#factors);
    this.#value = this.#evidence.value;
    this.#draw(tables[ERROR], tables[DRAWN_TAIL]);
    for (const { user, bad } of this.#units)
      if (user !== undefined) this.#fortunes.add(now, user, (kind) => bad[kind] === true);
    this.#units = [];
    this.#users = new Map();
    this.#calls.block = 0;
    this.#learn();
  }

  /** From the old arm alone, and for the blocks to come: what a block is judged by does not depend on it. */
  #learn(): void {
    const times = this.#oldTimes.sort((a, b) => a - b);
    this.#oldTimes = [];
    const median = times[times.length >> 1];
    if (median === undefined || median <= 0) return;
    if (this.#level !== undefined) for (const ms of times) this.#tail.add(ms / this.#level);
    // Few calls make an uncertain median.
    const trust = times.length / (times.length + 8);
    this.#level = this.#level === undefined ? median : this.#level ** (1 - trust) * median ** trust;
    if (this.#tail.total >= TAIL_CALLS)
      this.#thresholds = TAILS.map(({ quantile, times }) => times * this.#tail.quantile(quantile));
  }

  #table(kind: number): Table {
    let [oldCalls, newCalls, oldBad, newBad] = [0, 0, 0, 0];
    for (const { isNew, user, bad } of this.#units) {
      if (user !== undefined && this.#fortunes.standsOut(user, kind)) continue;
      const one = bad[kind] === true ? 1 : 0;
      if (isNew) {
        newCalls += 1;
        newBad += one;
      } else {
        oldCalls += 1;
        oldBad += one;
      }
    }
    return { oldCalls, newCalls, oldBad, newBad };
  }

  #draw(errors: Table | undefined, slow: Table | undefined): void {
    if (!errors) return;
    const batch = this.#batch;
    batch.blocks += 1;
    batch.old += errors.oldCalls;
    batch.new += errors.newCalls;
    batch.oldErrors += errors.oldBad;
    batch.newErrors += errors.newBad;
    batch.oldSlow += slow?.oldBad ?? 0;
    batch.newSlow += slow?.newBad ?? 0;
    if (batch.blocks < BATCH_BLOCKS || batch.old === 0 || batch.new === 0) return;
    const calls = batch.old + batch.new;
    this.#errors.add(batch.newErrors / batch.new - batch.oldErrors / batch.old, calls);
    this.#slow.add(batch.newSlow / batch.new - batch.oldSlow / batch.old, calls);
    this.#batch = { blocks: 0, old: 0, new: 0, oldErrors: 0, newErrors: 0, oldSlow: 0, newSlow: 0 };
  }
}
