import { Comparison, type Outcome } from '../comparison/comparison';
import { isInShare } from '../share';

/** What is wrong with the new arm. */
export type Fault =
  | 'none'
  /** Every call takes twice as long. */
  | 'twice as slow'
  /** Only the slowest calls take twice as long, so that the 99th percentile doubles and little else changes. */
  | 'twice the tail'
  /** One more call of a hundred fails. */
  | 'one percent errors';

export interface Hour {
  readonly seed: number;
  readonly fault: Fault;
  /** When the fault begins, as a part of the hour. */
  readonly from: number;
  /** Part of the people that the new arm has. */
  readonly share: number;
  /** Calls of both arms in the hour. */
  readonly calls: number;
  /** Whether bursts of errors meet both arms, beyond the 0.1 % that may fail at any time. */
  readonly errorBursts: boolean;
}

/** mulberry32: small, fast, seeded. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PEOPLE = 400;
const HOUR_MS = 3_600_000;
/** Calls in a row with one weather. */
const STRETCH = 20;

/** A standard normal number by the sum of four uniform ones would have no tail: Box and Muller's way. */
const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/**
 * One hour of calls by people who differ in how often they call and how slow their calls are, over arms that are alike
 * but for the fault. The weather is the same for both: the median drifts by a factor of up to four, and bursts of 1 to
 * 60 s make calls up to five times as slow or let up to a third of them fail.
 * @returns calls of the new arm from the fault's beginning until the comparison told, undefined if it never did, -1 if
 *   it told before the fault
 */
export function simulateHour({ seed, fault, from, share, calls, errorBursts }: Hour): number | undefined {
  const random = generator(seed);
  const people = Array.from({ length: PEOPLE }, (_, index) => {
    const user = `${seed}-${index}`;
    const weight = 1 / (1 + 20 * random());
    const slowness = Math.exp(0.1 * normal(random));
    return { user, isNew: isInShare('simulated', user, share * 100), weight, slowness };
  });
  // Whose turn it is, drawn from a list where everybody stands as often as he calls.
  const turns = people.flatMap((person) =>
    Array.from({ length: Math.ceil(person.weight * 40) }, () => person),
  );
  const sigma = 0.3 + 0.7 * random();
  const median = 2 + 48 * random();
  const baseErrors = 0.001 * random();
  const tailFrom = median * Math.exp(sigma * 2.05);
  const swing = random();
  const phase = random();
  const comparison = new Comparison();
  const begins = from * calls;
  let newCalls = 0;
  let burst = { calls: 0, slow: 1, errors: 0 };
  let weather = 1;

  for (let index = 0; index < calls; index += 1) {
    if (index % STRETCH === 0) {
      weather = Math.exp(swing * Math.log(2) * Math.sin(2 * Math.PI * (index / calls + phase)));
      if (burst.calls <= 0 && random() < 0.01) {
        const isErrors = random() < 0.5 && errorBursts;
        burst = {
          calls: Math.ceil((calls / 3_600) * (1 + 59 * random())),
          slow: isErrors ? 1 : 1 + 4 * random(),
          errors: isErrors ? random() / 3 : 0,
        };
      }
    }
    burst.calls -= 1;
    const { slow, errors } = burst.calls > 0 ? burst : { slow: 1, errors: 0 };
    const person = turns[Math.floor(random() * turns.length)];
    if (!person) continue;
    const isFaulty = person.isNew && index >= begins;
    let ms = median * Math.exp(sigma * normal(random)) * person.slowness;
    if (isFaulty && (fault === 'twice as slow' || (fault === 'twice the tail' && ms > tailFrom))) ms *= 2;
    const risk = baseErrors + errors + (isFaulty && fault === 'one percent errors' ? 0.01 : 0);
    const outcome: Outcome = {
      arm: person.isNew ? 'new' : 'old',
      isError: random() < risk,
      ms: ms * weather * slow,
      user: person.user,
    };
    if (isFaulty) newCalls += 1;
    if (comparison.add((index / calls) * HOUR_MS, outcome)) return index >= begins ? newCalls : -1;
  }
  return undefined;
}

/** The middle of some numbers; those that never came count as endless. */
export function medianOf(numbers: readonly (number | undefined)[]): number {
  const sorted = numbers.map((one) => one ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
}
