import type { Scenario } from './scenario';
import type { Report } from './scenario-check';

/** Who speaks without being anybody of the scenario. */
export const ANNOUNCER = 'announcer';
/** The player in relations, as in a commit. */
const PLAYER = 'player';

/** Reports what of a list occurs twice. */
export function checkUnique(
  ids: readonly { readonly id: string | number; readonly path: string }[],
  report: Report,
): void {
  const first = new Map<string | number, string>();
  for (const { id, path } of ids) {
    const before = first.get(id);
    if (before === undefined) first.set(id, path);
    else report(path, `"${id}" is the id of ${before} already`);
  }
}

/** Ids that something may refer to. */
export interface Known {
  readonly sequences: ReadonlySet<string>;
  readonly npcs: ReadonlySet<string>;
  readonly enemies: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
}

export function knownOf(scenario: Scenario): Known {
  return {
    sequences: new Set(scenario.sequences.map(({ id }) => id)),
    npcs: new Set(scenario.npcs.map(({ scenario_npc_id }) => scenario_npc_id)),
    enemies: new Set(scenario.enemies.map(({ scenario_enemy_id }) => scenario_enemy_id)),
    items: new Set(scenario.items.map(({ scenario_item_id }) => scenario_item_id)),
  };
}

/** The public format's own rules: ids are unique, and what is named is there. */
export function checkParts(scenario: Scenario, report: Report): void {
  checkIds(scenario, report);
  const known = knownOf(scenario);
  checkActs(scenario, known, report);
  const lists = [
    ['npcs', known.npcs],
    ['enemies', known.enemies],
    ['items', known.items],
  ] as const;
  for (const [at, sequence] of scenario.sequences.entries())
    for (const [kind, there] of lists)
      for (const [index, id] of sequence[kind].entries())
        if (!there.has(id)) report(`sequences[${at}].${kind}[${index}]`, `there is no "${id}" in ${kind}`);
  checkRelations(scenario, known, report);
  const ruleIds = new Set(scenario.items.map(({ rule_id }) => rule_id));
  for (const [at, enemy] of scenario.enemies.entries())
    for (const [index, id] of enemy.dropped_items.entries())
      if (!ruleIds.has(id)) report(`enemies[${at}].dropped_items[${index}]`, `no item has the rule_id ${id}`);
}

function checkIds({ acts, sequences, npcs, enemies, items }: Scenario, report: Report): void {
  checkUnique(
    acts.map(({ id }, at) => ({ id, path: `acts[${at}].id` })),
    report,
  );
  checkUnique(
    sequences.map(({ id }, at) => ({ id, path: `sequences[${at}].id` })),
    report,
  );
  // Relations name any of them, so they share one space of names.
  checkUnique(
    [
      ...npcs.map((npc, at) => ({ id: npc.scenario_npc_id, path: `npcs[${at}].scenario_npc_id` })),
      ...enemies.map((enemy, at) => ({
        id: enemy.scenario_enemy_id,
        path: `enemies[${at}].scenario_enemy_id`,
      })),
      ...items.map((item, at) => ({ id: item.scenario_item_id, path: `items[${at}].scenario_item_id` })),
    ],
    report,
  );
  checkUnique(
    items.map(({ rule_id }, at) => ({ id: rule_id, path: `items[${at}].rule_id` })),
    report,
  );
}

/** A sequence stands in one act; in a ladder it has to stand in one. */
function checkActs(scenario: Scenario, known: Known, report: Report): void {
  const actOf = new Map<string, string>();
  for (const [at, act] of scenario.acts.entries()) {
    for (const [index, id] of act.sequences.entries()) {
      const path = `acts[${at}].sequences[${index}]`;
      const before = actOf.get(id);
      if (!known.sequences.has(id)) report(path, `there is no sequence "${id}"`);
      else if (before !== undefined) report(path, `"${id}" stands in act "${before}" already`);
      else actOf.set(id, act.id);
    }
  }
  if (!scenario.metadata?.ladder) return;
  for (const [at, { id }] of scenario.sequences.entries())
    if (!actOf.has(id)) report(`sequences[${at}].id`, `"${id}" stands in no act`);
}

function checkRelations({ relations }: Scenario, known: Known, report: Report): void {
  const isThere = (id: string) =>
    id === PLAYER || known.npcs.has(id) || known.enemies.has(id) || known.items.has(id);
  for (const [at, relation] of relations.entries())
    for (const end of ['from_id', 'to_id'] as const)
      if (!isThere(relation[end]))
        report(`relations[${at}].${end}`, `nobody and nothing is called "${relation[end]}"`);
}
