import type { Condition } from './scenario-steps';

/** What is known of a run when conditions are looked at. What is not known is empty, and then holds nothing. */
export interface StoryFacts {
  readonly flags: ReadonlySet<string>;
  /** By scenario id, 0 to 100. */
  readonly affinities: Readonly<Record<string, number>>;
  /** Scenario ids of what is owned. */
  readonly items: ReadonlySet<string>;
  /** 0 to 100 */
  readonly stamina: number;
  /** Fights lost so far, repeats among them. */
  readonly losses: number;
  /** How the last fight went; undefined before the first. */
  readonly last: { readonly result: 'won' | 'lost'; readonly healthLeft: number } | undefined;
}

interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

const isWithin = (value: number, { least = -Infinity, most = Infinity }: Range): boolean =>
  value >= least && value <= most;

/** Whether one condition holds. */
function holds(condition: Condition, facts: StoryFacts): boolean {
  if ('flag' in condition) return facts.flags.has(condition.flag);
  if ('noFlag' in condition) return !facts.flags.has(condition.noFlag);
  if ('affinity' in condition) {
    const affinity = facts.affinities[condition.affinity];
    return affinity !== undefined && isWithin(affinity, condition);
  }
  if ('has' in condition) return facts.items.has(condition.has);
  if ('result' in condition) return facts.last?.result === condition.result;
  if ('stamina' in condition) return isWithin(facts.stamina, condition.stamina);
  if ('losses' in condition) return isWithin(facts.losses, condition.losses);
  return facts.last !== undefined && isWithin(facts.last.healthLeft, condition.healthLeft);
}

/** Whether all of them hold; none hold always. */
export function checkConditions(conditions: readonly Condition[], facts: StoryFacts): boolean {
  return conditions.every((condition) => holds(condition, facts));
}
