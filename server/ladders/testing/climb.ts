import { checkConditions, type StoryFacts } from '../../../proto/conditions';
import { type Scenario, scenario } from '../../../proto/scenario';
import type { Effect, FightStep, Ladder, Step, StepChoice } from '../../../proto/scenario-steps';

/**
 * Climbs a ladder by its data alone, in every way there is. Every drop is taken, as no condition asks for an item's
 * absence; stamina and losses stay as they are, as no step asks for them.
 */

/** Where somebody stands on a ladder. */
export interface Stand {
  readonly at: string;
  readonly flags: ReadonlySet<string>;
  readonly affinities: Readonly<Record<string, number>>;
  readonly items: ReadonlySet<string>;
  readonly departed: ReadonlySet<string>;
  readonly last: StoryFacts['last'];
}

/** One way on from a stand. */
export interface Way {
  /** The choice, `won`, `lost` or `rested`. */
  readonly via: string;
  /** What holds once its effects have: still at the place that is left. */
  readonly after: Stand;
  readonly to: { readonly stand: Stand } | { readonly ending: string };
}

export interface Climb {
  readonly scenario: Scenario;
  readonly ladder: Ladder;
  readonly first: Stand;
}

/** @throws {Error} for what is no ladder */
export function readClimb(file: unknown): Climb {
  const read = scenario.parse(file);
  const ladder = read.metadata?.ladder;
  if (!ladder) throw new Error(`${read.title} is no ladder`);
  const affinities = read.relations.flatMap(({ from_id, to_id, affinity }) =>
    to_id === 'player' ? [[from_id, affinity] as const] : [],
  );
  const first = {
    at: ladder.first,
    flags: new Set<string>(),
    affinities: Object.fromEntries(affinities),
    items: new Set<string>(),
    departed: new Set<string>(),
    last: undefined,
  };
  return { scenario: read, ladder, first };
}

export function stepAt({ scenario }: Climb, id: string): Step {
  const step = scenario.sequences.find((sequence) => sequence.id === id)?.metadata?.step;
  if (!step) throw new Error(`nothing is done in ${id}`);
  return step;
}

/** A stand as conditions look at it. */
export function factsOf(stand: Stand, { stamina = 100, losses = 0 } = {}): StoryFacts {
  return { ...stand, stamina, losses };
}

function apply(stand: Stand, effect: Effect): Stand {
  if ('flag' in effect) return { ...stand, flags: new Set([...stand.flags, effect.flag]) };
  if ('item' in effect) return { ...stand, items: new Set([...stand.items, effect.item]) };
  if ('departs' in effect) return { ...stand, departed: new Set([...stand.departed, effect.departs]) };
  if ('returns' in effect)
    return { ...stand, departed: new Set([...stand.departed].filter((id) => id !== effect.returns)) };
  if (!('affinity' in effect)) return stand;
  const changed = (stand.affinities[effect.affinity] ?? Number.NaN) + effect.change;
  return {
    ...stand,
    affinities: { ...stand.affinities, [effect.affinity]: Math.max(0, Math.min(100, changed)) },
  };
}

/** The fight as the choices before have made it: opponent, level, manner, handicaps. */
export function termsOf(step: FightStep, stand: Stand) {
  const variant = step.variants.find((one) => checkConditions(one.if, factsOf(stand)));
  return {
    opponent: variant?.opponent ?? step.opponent,
    level: variant?.level ?? step.level,
    manner: variant?.manner ?? step.manner,
    playerHandicap: variant?.playerHandicap ?? step.playerHandicap,
    opponentHandicap: variant?.opponentHandicap ?? step.opponentHandicap,
  };
}

export function openChoices(step: Step, stand: Stand): readonly StepChoice[] {
  if (!('choices' in step)) return [];
  return step.choices.filter((choice) => checkConditions(choice.if, factsOf(stand)));
}

/** Every way on from a stand; health that is left counts where a fight is won. @throws {Error} where somebody would be left standing */
export function waysFrom(climb: Climb, stand: Stand, healthLeft = 50): readonly Way[] {
  const step = stepAt(climb, stand.at);
  if ('choices' in step)
    return openChoices(step, stand).map(({ id, effects, next }) =>
      way(id, effects.reduce(apply, stand), next.length > 0 ? next : step.next),
    );
  if (step.kind === 'rest') return [way('rested', step.effects.reduce(apply, stand), step.next)];
  const drops = dropsOf(climb, termsOf(step, stand).opponent).map((item): Effect => ({ item, quantity: 1 }));
  const won = [...step.won, ...drops].reduce(apply, { ...stand, last: { result: 'won', healthLeft } });
  const lost = step.lost.reduce(apply, { ...stand, last: { result: 'lost', healthLeft: 0 } });
  return [way('won', won, step.next), way('lost', lost, step.next)];
}

function way(via: string, after: Stand, next: FightStep['next']): Way {
  const found = next.find((one) => checkConditions(one.if, factsOf(after)));
  if (found?.ending !== undefined) return { via, after, to: { ending: found.ending } };
  if (found?.to !== undefined) return { via, after, to: { stand: { ...after, at: found.to } } };
  throw new Error(`nothing follows ${via} in ${after.at}`);
}

/** Scenario ids of what somebody may drop. */
export function dropsOf({ scenario }: Climb, opponent: string): readonly string[] {
  const enemy = scenario.enemies.find(({ scenario_enemy_id }) => scenario_enemy_id === opponent);
  if (!enemy) throw new Error(`there is no ${opponent}`);
  return scenario.items.flatMap(({ rule_id, scenario_item_id }) =>
    enemy.dropped_items.includes(rule_id) ? [scenario_item_id] : [],
  );
}

/** Whether a way leads back to the same fight: that costs a continue. */
export const isAgain = ({ after, to }: Way): boolean => 'stand' in to && to.stand.at === after.at;
