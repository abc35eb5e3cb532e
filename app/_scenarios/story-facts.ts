import type { StoryFacts } from '../../proto/conditions';
import type { Condition, Step } from '../../proto/scenario-steps';

/** What a step's conditions ask about. */
export interface AskedFacts {
  readonly flags: readonly string[];
  /** Scenario ids of people. */
  readonly affinities: readonly string[];
  /** Scenario ids of items. */
  readonly items: readonly string[];
  readonly stamina: boolean;
  readonly losses: boolean;
  /** How the last fight went. */
  readonly last: boolean;
}

function conditionsOf(step: Step): readonly Condition[] {
  const nextOf = (list: readonly { readonly if: readonly Condition[] }[]) => list.flatMap((one) => one.if);
  if (step.kind === 'fight') return [...nextOf(step.variants), ...nextOf(step.next)];
  if (step.kind === 'rest') return nextOf(step.next);
  return [...step.choices.flatMap((choice) => [...choice.if, ...nextOf(choice.next)]), ...nextOf(step.next)];
}

/** Everything that decides what a step shows and where it leads. */
export function askedBy(step: Step): AskedFacts {
  const conditions = conditionsOf(step);
  const named = (pick: (one: Condition) => string | undefined): string[] =>
    [...new Set(conditions.flatMap((one) => pick(one) ?? []))].sort();
  const asks = (key: string) => conditions.some((one) => key in one);
  return {
    flags: named((one) => ('flag' in one ? one.flag : 'noFlag' in one ? one.noFlag : undefined)),
    affinities: named((one) => ('affinity' in one ? one.affinity : undefined)),
    items: named((one) => ('has' in one ? one.has : undefined)),
    stamina: asks('stamina'),
    losses: asks('losses'),
    last: asks('result') || asks('healthLeft'),
  };
}

/** A run that has just begun: nothing is known, the player is fresh. */
export const FRESH: StoryFacts = {
  ...{ flags: new Set(), affinities: {}, items: new Set() },
  ...{ stamina: 100, losses: 0, last: undefined },
};
