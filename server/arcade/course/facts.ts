import type { StoryFacts } from '../../../proto/conditions';
import type { Scenario } from '../../../proto/scenario';
import type { Effect, Ladder, Step } from '../../../proto/scenario-steps';
import { AppError } from '../../errors';

/** Where a run stands in its ladder, as plain data: what the State Manager keeps, read into one value. */
export interface Facts {
  readonly sequenceId: string;
  readonly flags: readonly string[];
  /** By scenario id, 0 to 100. */
  readonly affinities: Readonly<Record<string, number>>;
  /** How many of each item, by scenario id. */
  readonly items: Readonly<Record<string, number>>;
  /** Scenario ids of those who have left the story. */
  readonly departed: readonly string[];
  /** 0 to 100 */
  readonly stamina: number;
  /** 0 to 20 */
  readonly nerve: number;
  readonly losses: number;
  readonly last: StoryFacts['last'];
}

export const MAX_STAMINA = 100;
export const START_NERVE = 10;
const MAX_NERVE = 20;
/** What an affinity is before anything has happened. */
const NEUTRAL = 50;

/** A scenario that can be climbed. */
export interface LadderScenario {
  readonly scenario: Scenario;
  readonly ladder: Ladder;
}

/** @throws {AppError} CONFLICT for a scenario that is none */
export function ladderOf(scenario: Scenario): LadderScenario {
  const ladder = scenario.metadata?.ladder;
  if (!ladder)
    throw new AppError('CONFLICT', `“${scenario.title}” is no ladder: nothing in it can be played.`);
  return { scenario, ladder };
}

/** The facts of a run that begins. */
export function firstFacts({ scenario, ladder }: LadderScenario): Facts {
  const towardsPlayer = scenario.relations.filter(({ to_id }) => to_id === 'player');
  return {
    sequenceId: ladder.first,
    flags: [],
    affinities: Object.fromEntries([
      ...scenario.npcs.map(({ scenario_npc_id }): [string, number] => [scenario_npc_id, NEUTRAL]),
      ...towardsPlayer.map(({ from_id, affinity }): [string, number] => [from_id, share(affinity)]),
    ]),
    items: {},
    departed: scenario.npcs
      .filter(({ is_departed }) => is_departed)
      .map(({ scenario_npc_id }) => scenario_npc_id),
    stamina: MAX_STAMINA,
    nerve: START_NERVE,
    losses: 0,
    last: undefined,
  };
}

/** The facts as conditions look at them. */
export function storyFacts(facts: Facts): StoryFacts {
  return {
    flags: new Set(facts.flags),
    affinities: facts.affinities,
    items: new Set(Object.keys(facts.items).filter((id) => (facts.items[id] ?? 0) > 0)),
    stamina: facts.stamina,
    losses: facts.losses,
    last: facts.last,
  };
}

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
const share = (value: number): number => within(value, 100);

/** What the facts are after an effect. */
export function apply(facts: Facts, effect: Effect): Facts {
  if ('flag' in effect)
    return facts.flags.includes(effect.flag) ? facts : { ...facts, flags: [...facts.flags, effect.flag] };
  if ('affinity' in effect) {
    const affinity = share((facts.affinities[effect.affinity] ?? NEUTRAL) + effect.change);
    return { ...facts, affinities: { ...facts.affinities, [effect.affinity]: affinity } };
  }
  if ('item' in effect) {
    const owned = Math.max(0, (facts.items[effect.item] ?? 0) + effect.quantity);
    return { ...facts, items: { ...facts.items, [effect.item]: owned } };
  }
  if ('stamina' in effect) return { ...facts, stamina: share(facts.stamina + effect.stamina) };
  if ('nerve' in effect) return { ...facts, nerve: within(facts.nerve + effect.nerve, MAX_NERVE) };
  if ('departs' in effect) return { ...facts, departed: [...new Set([...facts.departed, effect.departs])] };
  return { ...facts, departed: facts.departed.filter((id) => id !== effect.returns) };
}

/** What the facts are after several, in order. */
export function applyAll(facts: Facts, effects: readonly Effect[]): Facts {
  return effects.reduce(apply, facts);
}

/** The sequence with this id, and what is done in it. @throws {AppError} CONFLICT */
export function stepAt({ scenario }: LadderScenario, sequenceId: string): Step {
  const step = scenario.sequences.find(({ id }) => id === sequenceId)?.metadata?.step;
  if (step) return step;
  throw new AppError(
    'CONFLICT',
    `Nothing is done in the sequence ${JSON.stringify(sequenceId)} of “${scenario.title}”.`,
  );
}

/** The act that a sequence belongs to: its number from 1, and the sequence's place in it from 1. */
export function placeOf(
  { scenario }: LadderScenario,
  sequenceId: string,
): { act: number; actId: string; sequence: number } {
  const index = scenario.acts.findIndex(({ sequences }) => sequences.includes(sequenceId));
  const act = scenario.acts[index];
  if (!act) throw new AppError('CONFLICT', `The sequence ${JSON.stringify(sequenceId)} belongs to no act.`);
  return { act: index + 1, actId: act.id, sequence: act.sequences.indexOf(sequenceId) + 1 };
}
