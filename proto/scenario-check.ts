import type { Scenario } from './scenario';
import { checkLadder } from './scenario-check-ladder';
import { checkParts } from './scenario-check-parts';

/** Something that is wrong with a scenario. */
export interface Issue {
  /** Where it stands, such as `sequences[2].metadata.step.next[0].to`. */
  readonly path: string;
  readonly message: string;
}

/** Notes an issue at a path. */
export type Report = (path: string, message: string) => void;

/** What only the game knows. */
export interface GameFacts {
  /** Least and most of each part of a handicap: `HANDICAP_BOUNDS` of engine/fighter/handicap.ts. */
  readonly handicapBounds: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** Numbers of the characters there are. */
  readonly characters: readonly number[];
}

/**
 * Everything that is wrong with a scenario whose form is right: what refers to something that is not there, and, where it
 * is a ladder, what would leave a player without a way to an ending. Empty when nothing is.
 */
export function checkScenario(scenario: Scenario, game: GameFacts): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (path, message) => issues.push({ path, message });
  checkParts(scenario, report);
  for (const [at, id] of (scenario.metadata?.situation?.characters ?? []).entries())
    if (!game.characters.includes(id))
      report(`metadata.situation.characters[${at}]`, `there is no character ${id}`);
  const ladder = scenario.metadata?.ladder;
  if (ladder) checkLadder(scenario, ladder, game, report);
  return issues;
}
