import { checkConditions } from '../../../proto/conditions';
import type { Effect, FightStep, SceneStep, Step, StepChoice } from '../../../proto/scenario-steps';
import { AppError } from '../../errors';
import { applyAll, type Facts, type LadderScenario, stepAt, storyFacts } from './facts';

/**
 * The course of a run, as pure functions: what can be done where it stands, and what follows. Nothing here knows of
 * databases, people or clocks, so that every road of a ladder can be walked in a test.
 */

/** Where it goes on. */
export type Goal =
  | { readonly kind: 'sequence'; readonly sequenceId: string }
  /** The same fight again: whoever wants that pays a continue. */
  | { readonly kind: 'again'; readonly sequenceId: string }
  | { readonly kind: 'ending'; readonly endingId: string };

/** What follows from something that was done. */
export interface Turn {
  readonly facts: Facts;
  /** What changed, in order: for TRACE and for the State Manager's rows. */
  readonly effects: readonly Effect[];
  readonly goal: Goal;
}

type Next = FightStep['next'];

function goalOf(next: Next, facts: Facts, at: string): Goal {
  const story = storyFacts(facts);
  const found = next.find((one) => checkConditions(one.if, story));
  if (found?.ending !== undefined) return { kind: 'ending', endingId: found.ending };
  if (found?.to !== undefined) return { kind: found.to === at ? 'again' : 'sequence', sequenceId: found.to };
  throw new AppError('CONFLICT', `Nothing follows in the sequence ${JSON.stringify(at)} as the run stands.`);
}

function turn(facts: Facts, effects: readonly Effect[], next: Next): Turn {
  const after = applyAll(facts, effects);
  const goal = goalOf(next, after, facts.sequenceId);
  const sequenceId = goal.kind === 'ending' ? facts.sequenceId : goal.sequenceId;
  return { facts: { ...after, sequenceId }, effects, goal };
}

/** The choices of a scene that may be taken now, in their order. */
export function openChoices(step: SceneStep, facts: Facts): readonly StepChoice[] {
  const story = storyFacts(facts);
  return step.choices.filter((choice) => checkConditions(choice.if, story));
}

const isScene = (step: Step): step is SceneStep => step.kind === 'scene' || step.kind === 'map';

function wrongStep(step: Step, wanted: string): AppError {
  return new AppError('CONFLICT', `This is not the moment to ${wanted}: the step is a ${step.kind}.`);
}

/** A choice is taken. @throws {AppError} CONFLICT when there is nothing to choose, or not this */
export function takeChoice(ladder: LadderScenario, facts: Facts, choiceId: string): Turn {
  const step = stepAt(ladder, facts.sequenceId);
  if (!isScene(step)) throw wrongStep(step, 'choose');
  const choice = openChoices(step, facts).find(({ id }) => id === choiceId);
  if (!choice) throw new AppError('CONFLICT', `${JSON.stringify(choiceId)} can’t be chosen here.`);
  return turn(facts, choice.effects, choice.next.length > 0 ? choice.next : step.next);
}

/** A rest is over. @throws {AppError} CONFLICT where there is none */
export function takeRest(ladder: LadderScenario, facts: Facts): Turn {
  const step = stepAt(ladder, facts.sequenceId);
  if (step.kind !== 'rest') throw wrongStep(step, 'rest');
  const effects: Effect[] = step.heals > 0 ? [{ stamina: step.heals }, ...step.effects] : [...step.effects];
  return turn(facts, effects, step.next);
}

/** How a fight went. */
export interface FightResult {
  readonly result: 'won' | 'lost';
  /** Percent of full health that the player had left at the end. */
  readonly healthLeft: number;
  /** Items (scenario ids) that the win dropped. */
  readonly drops: readonly string[];
}

/** Stamina that a fight costs: what was left of health says how much. */
function strain({ result, healthLeft }: FightResult): number {
  return result === 'lost' ? -12 : -Math.round((100 - healthLeft) / 12);
}

/** A fight is over. @throws {AppError} CONFLICT where there is none */
export function takeFight(ladder: LadderScenario, facts: Facts, fight: FightResult): Turn {
  const step = stepAt(ladder, facts.sequenceId);
  if (step.kind !== 'fight') throw wrongStep(step, 'fight');
  const { result, healthLeft, drops } = fight;
  const told: Facts = {
    ...facts,
    losses: facts.losses + (result === 'lost' ? 1 : 0),
    last: { result, healthLeft },
  };
  const effects: Effect[] = [
    { stamina: strain(fight) },
    ...(result === 'won' ? step.won : step.lost),
    ...drops.map((item): Effect => ({ item, quantity: 1 })),
  ];
  return turn(told, effects, step.next);
}
