import type { MatchConfig } from '../../engine/fighter/state';
import type { ActionResult, FightRuling } from '../../proto/rules';
import { firstDifference, watchMarks } from './difference';
import { playCourse, roundsOf, standingOf } from './fight-course';
import { inputBytes } from './fight-inputs';

/** What a fight begins with, as the engine takes it. */
export function configOf({
  seed,
  characters,
  wins_needed,
  handicaps,
}: Extract<ActionResult, { kind: 'match' | 'arcade' }>): MatchConfig {
  return {
    seed,
    characters,
    ...(wins_needed === 1 || wins_needed === 2 ? { winsNeeded: wins_needed } : {}),
    ...(handicaps ? { handicaps: [given(handicaps[0]), given(handicaps[1])] } : {}),
  };
}

/** Only what is given: the engine knows no undefined. */
function given(handicap: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(handicap).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Rules on a fight between two people: both columns are simulated again (RULES-5). */
export function ruleOnMatch(
  session_id: string,
  result: Extract<ActionResult, { kind: 'match' }>,
): FightRuling {
  const marks = watchMarks(result.checksums);
  const course = playCourse(configOf(result), inputBytes(result.inputs), marks.look);
  const standing = standingOf(course.state);
  const { frames } = course;
  return {
    session_id,
    kind: 'match',
    ...standing,
    frames,
    rounds: roundsOf(course.rounds),
    drops: [],
    first_difference: firstDifference(result.told, { ...standing, frames }, marks.first()),
  };
}
