import { type Json, listAt, textAt } from './draft';

interface Option {
  readonly value: string;
  readonly label: string;
}

const optionsOf = (draft: Json, path: string, id: string, name: string): Option[] =>
  listAt(draft, path).map((one) => {
    const value = textAt(one, id);
    return { value, label: textAt(one, name) || value };
  });

export const enemiesOf = (draft: Json) => optionsOf(draft, 'enemies', 'scenario_enemy_id', 'name');

export const npcsOf = (draft: Json) => optionsOf(draft, 'npcs', 'scenario_npc_id', 'name');

export const itemsOf = (draft: Json) => optionsOf(draft, 'items', 'scenario_item_id', 'name');

export const sequencesOf = (draft: Json) => optionsOf(draft, 'sequences', 'id', 'name');

export const endingsOf = (draft: Json) => optionsOf(draft, 'metadata.ladder.endings', 'id', 'title.en');

/** Where each sequence of an act stands among all sequences; -1 for one that is not there. */
export function sequencesOfAct(
  draft: Json,
  actPath: string,
): { readonly id: string; readonly index: number }[] {
  const ids = listAt(draft, 'sequences').map((one) => textAt(one, 'id'));
  return listAt(draft, `${actPath}.sequences`).map((id) => ({
    id: String(id),
    index: ids.indexOf(String(id)),
  }));
}

/** Sequences that no act has. */
export function looseSequences(draft: Json): number[] {
  const held = new Set(listAt(draft, 'acts').flatMap((act) => listAt(act, 'sequences').map(String)));
  return listAt(draft, 'sequences').flatMap((one, index) => (held.has(textAt(one, 'id')) ? [] : [index]));
}
