import { checkConditions } from '../../proto/conditions';
import { phasesOf } from '../../proto/phases';
import type { REFUSALS } from '../../proto/rules';
import { type ActionData, ownedOf, storyFacts } from './action-data';

/** Why an action may not happen. */
export interface Refusal {
  readonly reason: (typeof REFUSALS)[number];
  readonly message: string;
}

/** What an action needs beside phase and status. */
interface ActionRule {
  /** What has to be told, or it can't be judged. */
  readonly needs: readonly (keyof ActionData)[];
  check(data: ActionData): Refusal | undefined;
}

const refuse = (reason: Refusal['reason'], message: string): Refusal => ({ reason, message });

const ITEM: ActionRule = {
  needs: ['item_id', 'items'],
  check(data) {
    const { item_id = '', quantity } = data;
    const owned = ownedOf(data, item_id);
    return owned < quantity
      ? refuse('not_owned', `${quantity} of "${item_id}" are needed, ${owned} are owned.`)
      : undefined;
  },
};

/** Words that are more than their phase; every other word of the phases' table asks for nothing else. */
const RULES: Readonly<Record<string, ActionRule>> = {
  use_item: ITEM,
  item: ITEM,
  fight: {
    needs: ['phase', 'step'],
    check: ({ step }) =>
      step?.kind === 'fight' ? undefined : refuse('wrong_step', `The step is a ${step?.kind}, not a fight.`),
  },
  choose: { needs: ['step', 'choice'], check: checkChoice },
  continue: {
    needs: ['continues'],
    check({ continues = 0, price = 0, coins = 0 }) {
      if (continues < 1) return refuse('no_continues', 'No continues are left.');
      return coins < price
        ? refuse('no_coins', `A continue costs ${price} coins, ${coins} are there.`)
        : undefined;
    },
  },
  rest: {
    needs: [],
    check: ({ step }) =>
      step === undefined || step.kind === 'rest'
        ? undefined
        : refuse('wrong_step', `The step is a ${step.kind}, not a rest.`),
  },
};

function checkChoice(data: ActionData): Refusal | undefined {
  const { step, choice = '' } = data;
  if (step === undefined || !('choices' in step))
    return refuse('wrong_step', `The step is a ${step?.kind}: there is nothing to choose.`);
  const chosen = step.choices.find(({ id }) => id === choice);
  if (!chosen)
    return refuse(
      'no_such_choice',
      `There is no choice "${choice}"; there are ${step.choices.map(({ id }) => id).join(', ')}.`,
    );
  return checkConditions(chosen.if, storyFacts(data))
    ? undefined
    : refuse('conditions', `The conditions of "${choice}" do not hold.`);
}

/** Which status a change of the session starts from (docs/CONTRACT.md, STATE: active ⇄ paused, both → ended). */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  pause: ['active'],
  resume: ['paused'],
  end: ['active', 'paused'],
};

/** Whether anybody has a rule for a word. */
export function isKnownAction(action: string): boolean {
  return Object.hasOwn(CHANGES, action) || phasesOf(action).length > 0;
}

/** What an action can't be judged without, of what is not there. */
export function missingFor(action: string, data: ActionData): string[] {
  const rule = Object.hasOwn(RULES, action) ? RULES[action] : undefined;
  return (rule?.needs ?? []).filter((field) => data[field] === undefined);
}

/**
 * Why a known action may not happen now, the first reason there is: the session's status, its phase, then what the
 * action itself needs. Undefined when it may.
 */
export function refusalOf(action: string, data: ActionData): Refusal | undefined {
  const { status = 'active', phase } = data;
  if (Object.hasOwn(CHANGES, action)) {
    const from = CHANGES[action] ?? [];
    return from.includes(status) || data.status === undefined
      ? undefined
      : refuse(status === 'ended' ? 'ended' : 'wrong_status', `A session that is ${status} can't ${action}.`);
  }
  if (status !== 'active') return refuse(status, `The session is ${status}.`);
  const phases = phasesOf(action);
  if (phase !== undefined && !phases.some((each) => each === phase))
    return refuse('not_in_phase', `${action} belongs to ${phases.join(', ')}; the phase is ${phase}.`);
  return Object.hasOwn(RULES, action) ? RULES[action]?.check(data) : undefined;
}
