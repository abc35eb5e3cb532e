import { type Scenario, scenario } from '../../proto/scenario';
import type { Ladder as LadderText } from '../../proto/scenario-steps';

/** A scenario that arcade mode can climb. */
export interface Ladder {
  /** `scenario_id` of the file, else its title. */
  readonly id: string;
  readonly title: string;
  /** The character that climbs it. */
  readonly character: number;
  readonly scenario: Scenario;
  readonly ladder: LadderText;
}

/** Ladders by what they are asked for. */
export interface Ladders {
  readonly all: readonly Ladder[];
  byCharacter(character: number): Ladder | undefined;
  byTitle(title: string): Ladder | undefined;
  byId(id: string): Ladder | undefined;
}

/**
 * Ladders from the JSON of their files.
 * @throws {Error} naming the file by its place and what is wrong with it: not a scenario, not a ladder, an id, a title or a
 * character that another one has
 */
export function readLadders(files: readonly unknown[]): Ladders {
  const all = files.map(readLadder);
  for (const key of ['id', 'title', 'character'] as const) {
    const seen = new Set<string | number>();
    for (const { [key]: value } of all) {
      if (seen.has(value)) throw new Error(`Two ladders have the ${key} ${JSON.stringify(value)}.`);
      seen.add(value);
    }
  }
  const find = <K extends 'id' | 'title' | 'character'>(key: K, value: Ladder[K]) =>
    all.find((ladder) => ladder[key] === value);
  return {
    all,
    byCharacter: (character) => find('character', character),
    byTitle: (title) => find('title', title),
    byId: (id) => find('id', id),
  };
}

function readLadder(file: unknown, place: number): Ladder {
  const parsed = scenario.safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`Ladder ${place + 1} is no scenario: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { data } = parsed;
  const ladder = data.metadata?.ladder;
  if (!ladder) throw new Error(`Scenario ${JSON.stringify(data.title)} has no metadata.ladder.`);
  return {
    id: data.scenario_id ?? data.title,
    title: data.title,
    character: ladder.character,
    scenario: data,
    ladder,
  };
}
