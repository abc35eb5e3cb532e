import type { Scenario } from './scenario';
import type { GameFacts, Report } from './scenario-check';
import { checkHandicaps } from './scenario-check-game';
import { checkUnique, knownOf } from './scenario-check-parts';
import { checkRoads } from './scenario-check-roads';
import { checkStory } from './scenario-check-story';
import { itemMeta, type Ladder, personMeta } from './scenario-steps';

/** What makes a scenario one that can be climbed to an end. */
export function checkLadder(scenario: Scenario, ladder: Ladder, game: GameFacts, report: Report): void {
  const path = 'metadata.ladder';
  const known = knownOf(scenario);
  if (!game.characters.includes(ladder.character))
    report(`${path}.character`, `there is no character ${ladder.character}`);
  if (!known.sequences.has(ladder.first)) report(`${path}.first`, `there is no sequence "${ladder.first}"`);
  checkUnique(
    ladder.endings.map(({ id }, at) => ({ id, path: `${path}.endings[${at}].id` })),
    report,
  );
  checkUnique(
    ladder.lines.map(({ id }, at) => ({ id, path: `${path}.lines[${at}].id` })),
    report,
  );
  for (const [at, { metadata }] of scenario.sequences.entries())
    if (!metadata?.step) report(`sequences[${at}].metadata.step`, 'a sequence of a ladder has a step');
  checkMeta(scenario, report);
  checkStory(scenario, ladder, known, report);
  checkRoads(scenario, ladder, report);
  checkHandicaps(scenario, game, report);
}

/** Everybody and everything that a player meets has a name in both languages. */
function checkMeta({ npcs, enemies, items }: Scenario, report: Report): void {
  for (const [kind, people] of [
    ['npcs', npcs],
    ['enemies', enemies],
  ] as const)
    for (const [at, { metadata }] of people.entries())
      for (const issue of personMeta.safeParse(metadata ?? {}).error?.issues ?? [])
        report([`${kind}[${at}].metadata`, ...issue.path].join('.'), 'needs a text in English and in Korean');
  for (const [at, { meta }] of items.entries())
    for (const issue of itemMeta.safeParse(meta).error?.issues ?? [])
      report(
        [`items[${at}].meta`, ...issue.path].join('.'),
        'an item of a ladder has name and text in English and Korean, and is a boost, a costume or a token',
      );
}
