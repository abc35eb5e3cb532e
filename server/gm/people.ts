import { personMeta } from '../../proto/scenario-steps';
import type { Ladder, Ladders } from '../ladders/ladders';
import type { Language } from './text';

/** Somebody of a scenario. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Everybody of a ladder, by the names of a language. */
export function peopleOf({ scenario }: Ladder, language: Language): readonly Person[] {
  const everybody = [
    ...scenario.npcs.map((npc) => ({ ...npc, id: npc.scenario_npc_id })),
    ...scenario.enemies.map((enemy) => ({ ...enemy, id: enemy.scenario_enemy_id })),
  ];
  return everybody.map(({ id, name, metadata }) => ({
    id,
    name: personMeta.safeParse(metadata).data?.name[language] ?? name,
  }));
}

/** A ladder by id or title. */
export const findLadder = (ladders: Ladders, name: string | undefined): Ladder | undefined =>
  name === undefined ? undefined : (ladders.byId(name) ?? ladders.byTitle(name));

/** Who is named in a text, in any language: the longest name of those that are. */
export function whoIsNamed(ladders: readonly Ladder[], text: string): string | undefined {
  const words = text.toLowerCase();
  const everybody = ladders.flatMap((ladder) => [
    ...peopleOf(ladder, 'en'),
    ...peopleOf(ladder, 'ko'),
    ...peopleOf(ladder, 'en').map(({ id }) => ({ id, name: id })),
  ]);
  return everybody
    .filter(({ name }) => words.includes(name.toLowerCase()))
    .toSorted((a, b) => b.name.length - a.name.length)[0]?.id;
}
