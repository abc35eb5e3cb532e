import { z } from 'zod';
import type { StoryFacts } from '../../proto/conditions';
import { PHASES } from '../../proto/phases';
import { step } from '../../proto/scenario-steps';

/**
 * What `action_data` may tell of a session. What is not told is not looked at, but for what an action can't be judged
 * without (`actions.ts`). More may be told than is named here.
 */

const quantity = z.int().min(0).max(1_000_000);
const name = z.union([z.string().min(1).max(200), z.int()]);

const item = z.object({
  item_id: name.optional(),
  rule_id: z.int().optional(),
  scenario_item_id: z.string().max(200).optional(),
  quantity: quantity.default(1),
});

export const actionData = z.object({
  phase: z.enum(PHASES).optional(),
  status: z.enum(['active', 'paused', 'ended']).optional(),
  /** Where the player stands: a step of proto/scenario-steps.ts. */
  step: z.optional(step),
  /** `choose`: the id of the choice. */
  choice: z.string().max(100).optional(),
  /** `use_item` and `item`: which, by any of its ids, and how many. */
  item_id: name.optional(),
  quantity: quantity.min(1).default(1),
  /** Owned items. */
  items: z.array(item).max(1_000).optional(),
  /** `continue`: what is left of them; a price in coins and the coins there are. */
  continues: quantity.optional(),
  price: quantity.optional(),
  coins: z.int().optional(),
  /** How the run stands, for the conditions of a choice. */
  flags: z.array(z.string().max(100)).max(1_000).optional(),
  affinity: z.record(z.string(), z.number()).optional(),
  stamina: z.number().default(100),
  losses: z.number().default(0),
  /** How the last fight ended, and the percent of health that was left. */
  result: z.enum(['won', 'lost']).optional(),
  healthLeft: z.number().default(0),
});
export type ActionData = z.infer<typeof actionData>;

/** Whether an owned item is the one that is named, by whichever of its ids. */
function isCalled(
  { item_id, rule_id, scenario_item_id }: z.infer<typeof item>,
  named: string | number,
): boolean {
  return [item_id, rule_id, scenario_item_id].some((id) => id !== undefined && String(id) === String(named));
}

/** How many are owned of what is named. */
export function ownedOf(data: ActionData, named: string | number): number {
  return (data.items ?? []).reduce((sum, each) => sum + (isCalled(each, named) ? each.quantity : 0), 0);
}

/** How the run stands, as conditions ask for it. */
export function storyFacts(data: ActionData): StoryFacts {
  const { flags = [], affinity = {}, items = [], stamina, losses, result, healthLeft } = data;
  const owned = items.filter(({ quantity: many }) => many > 0);
  return {
    flags: new Set(flags),
    affinities: affinity,
    items: new Set(owned.map(({ scenario_item_id, item_id = '' }) => scenario_item_id ?? String(item_id))),
    stamina,
    losses,
    last: result && { result, healthLeft },
  };
}
