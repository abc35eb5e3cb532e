import type { Scenario } from '../../proto/scenario';

/** A name in a scenario that leads nowhere, or that two things have. */
export interface ReferenceFault {
  readonly type: 'unknown_reference' | 'duplicate';
  /** Where it stands, from the scenario's root. */
  readonly path: readonly (string | number)[];
  readonly name: string;
}

/** Who a relation may name beside entities and items. */
export const PLAYER = 'player';

interface Names {
  readonly sequences: ReadonlySet<string>;
  readonly npcs: ReadonlySet<string>;
  readonly enemies: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
}

/**
 * Takes everything out of a scenario that refers to something it does not have, and what is there twice.
 * What an enemy drops is named by rule ids, which are the Rule Engine's: nothing here can check them.
 * @returns the scenario without them, and each of them in the order of the scenario
 */
export function checkReferences(scenario: Scenario): { clean: Scenario; faults: readonly ReferenceFault[] } {
  const faults: ReferenceFault[] = [];
  const once = <T>(part: string, list: readonly T[], nameOf: (one: T) => string): T[] => {
    const seen = new Set<string>();
    return list.filter((one, index) => {
      const name = nameOf(one);
      if (seen.has(name)) faults.push({ type: 'duplicate', path: [part, index], name });
      else return seen.add(name);
      return false;
    });
  };
  const names: Names = {
    sequences: new Set(scenario.sequences.map(({ id }) => id)),
    npcs: new Set(scenario.npcs.map((npc) => npc.scenario_npc_id)),
    enemies: new Set(scenario.enemies.map((enemy) => enemy.scenario_enemy_id)),
    items: new Set(scenario.items.map((item) => item.scenario_item_id)),
  };
  const known = (
    path: readonly (string | number)[],
    list: readonly string[],
    set: ReadonlySet<string>,
  ): string[] =>
    list.filter((name, index) => {
      if (!set.has(name)) faults.push({ type: 'unknown_reference', path: [...path, index], name });
      return set.has(name);
    });
  const isEnd = (name: string) =>
    name === PLAYER || names.npcs.has(name) || names.enemies.has(name) || names.items.has(name);

  const acts = scenario.acts.map((act, at) => ({
    ...act,
    sequences: known(['acts', at, 'sequences'], act.sequences, names.sequences),
  }));
  const sequences = scenario.sequences.map((sequence, at) => ({
    ...sequence,
    npcs: known(['sequences', at, 'npcs'], sequence.npcs, names.npcs),
    enemies: known(['sequences', at, 'enemies'], sequence.enemies, names.enemies),
    items: known(['sequences', at, 'items'], sequence.items, names.items),
  }));
  for (const [at, relation] of scenario.relations.entries())
    for (const end of ['from_id', 'to_id'] as const)
      if (!isEnd(relation[end]))
        faults.push({ type: 'unknown_reference', path: ['relations', at, end], name: relation[end] });
  const clean: Scenario = {
    ...scenario,
    acts: once('acts', acts, ({ id }) => id),
    sequences: once('sequences', sequences, ({ id }) => id),
    npcs: once('npcs', scenario.npcs, (npc) => npc.scenario_npc_id),
    enemies: once('enemies', scenario.enemies, (enemy) => enemy.scenario_enemy_id),
    items: once('items', scenario.items, (item) => item.scenario_item_id),
    relations: once('relations', scenario.relations, (one) =>
      JSON.stringify([one.from_id, one.to_id, one.relation_type]),
    ).filter((one) => isEnd(one.from_id) && isEnd(one.to_id)),
  };
  return { clean, faults };
}
