import { z } from 'zod';
import type { LineMoment } from '../../proto/scenario-steps';

/** The State Manager's snapshot of a session (STATE, `…/context`) as far as a game master can use it. */

const text = z.string().min(1).max(200);
const optional = <T extends z.ZodType>(one: T) => one.optional().catch(undefined);
const listOf = <T extends z.ZodType>(one: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((all) => all.slice(0, 200).flatMap((entry) => one.safeParse(entry).data ?? []));
const id = optional(z.union([text, z.number().transform(String)]));

const session = z.object({
  scenario_id: optional(text),
  current_sequence_id: optional(text),
  current_phase: optional(text),
});
const person = z.object({
  ...{ npc_id: id, enemy_id: id, enemy_instance_id: id, scenario_npc_id: id, scenario_enemy_id: id },
  name: optional(text),
  is_departed: optional(z.boolean()),
  is_defeated: optional(z.boolean()),
});
const snapshot = z.object({
  session: optional(session),
  current_phase: optional(text),
  player: optional(z.object({ hp: optional(z.number()) })),
  npcs: listOf(person),
  enemies: listOf(person),
  inventory: listOf(
    z.object({
      id,
      scenario_item_id: id,
      active: optional(z.boolean()),
      quantity: optional(z.number()),
    }),
  ),
  player_relations: listOf(
    z.object({ npc_id: id, affinity_score: optional(z.number()), affinity: optional(z.number()) }),
  ),
});

const MOMENTS: Readonly<Record<string, LineMoment>> = {
  exploration: 'arrive',
  dialogue: 'choice',
  combat: 'before_fight',
  rest: 'rest',
};

/** What a snapshot tells; a context that is none tells nothing. */
export function readSnapshot(context: Readonly<Record<string, unknown>>) {
  const { session: run, current_phase, player, ...lists } = snapshot.parse(context);
  const people = [...lists.npcs, ...lists.enemies].map((one) => ({
    ...one,
    known:
      one.scenario_npc_id ?? one.scenario_enemy_id ?? one.npc_id ?? one.enemy_id ?? one.enemy_instance_id,
  }));
  const scenarioIds = new Map(people.map((one) => [one.npc_id, one.known]));
  const phase = run?.current_phase ?? current_phase ?? '';
  return {
    scenario: run?.scenario_id,
    place: run?.current_sequence_id,
    moment: Object.hasOwn(MOMENTS, phase) ? MOMENTS[phase] : undefined,
    opponent: people.slice(lists.npcs.length).find(({ is_defeated }) => !is_defeated)?.known,
    affinities:
      lists.player_relations.length === 0
        ? undefined
        : Object.fromEntries(
            lists.player_relations.flatMap(({ npc_id, affinity_score, affinity }) => {
              const score = affinity_score ?? affinity;
              return npc_id === undefined || score === undefined
                ? []
                : [[scenarioIds.get(npc_id) ?? npc_id, score] as const];
            }),
          ),
    items:
      lists.inventory.length === 0
        ? undefined
        : lists.inventory
            .filter(({ active, quantity }) => active !== false && (quantity ?? 1) > 0)
            .flatMap((item) => item.scenario_item_id ?? item.id ?? []),
    stamina: player?.hp,
    departed: people.flatMap(({ is_departed, known }) => (is_departed && known !== undefined ? known : [])),
    names: Object.fromEntries(
      people.flatMap(({ known, name }) =>
        known === undefined || name === undefined ? [] : [[known, name] as const],
      ),
    ),
  };
}
