import { itemMeta, personMeta } from '../../proto/scenario-steps';
import type { Facts, LadderScenario } from './course/facts';
import type { ItemView, PersonView } from './views';

const ANNOUNCER: PersonView = { id: 'announcer', name: { en: 'Announcer', ko: '아나운서' }, look: null };

/** Somebody of a ladder, npc or opponent, as pages show them. */
export function personOf({ scenario }: LadderScenario, id: string): PersonView {
  const npc = scenario.npcs.find(({ scenario_npc_id }) => scenario_npc_id === id);
  const enemy = scenario.enemies.find(({ scenario_enemy_id }) => scenario_enemy_id === id);
  const found = npc ?? enemy;
  if (!found) return { ...ANNOUNCER, id };
  const meta = personMeta.safeParse(found.metadata).data;
  return { id, name: meta?.name ?? { en: found.name, ko: found.name }, look: meta?.look ?? null };
}

/** An item of a ladder; undefined for one that it does not have. */
export function itemOf({ scenario }: LadderScenario, id: string, quantity: number): ItemView | undefined {
  const item = scenario.items.find(({ scenario_item_id }) => scenario_item_id === id);
  if (!item) return undefined;
  const meta = itemMeta.safeParse(item.meta).data;
  const plain = { en: item.name, ko: item.name };
  return {
    id,
    name: meta?.name ?? plain,
    text: meta?.text ?? { en: item.description, ko: item.description },
    kind: meta?.kind ?? 'boost',
    look: meta?.look ?? null,
    quantity,
  };
}

/** Everything that is owned, in the ladder's order. */
export function itemsOwned(ladder: LadderScenario, facts: Facts): ItemView[] {
  return ladder.scenario.items.flatMap(({ scenario_item_id: id }) => {
    const owned = facts.items[id] ?? 0;
    const item = owned > 0 ? itemOf(ladder, id, owned) : undefined;
    return item ? [item] : [];
  });
}

/** The scenario id of an item by its rule id. */
export function itemByRule({ scenario }: LadderScenario, ruleId: number): string | undefined {
  return scenario.items.find(({ rule_id }) => rule_id === ruleId)?.scenario_item_id;
}
