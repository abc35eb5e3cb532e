import type { Scenario } from './scenario';
import type { GameFacts, Report } from './scenario-check';
import { itemMeta } from './scenario-steps';

/** What fights are made of is what the game takes: opponents that are characters, handicaps within bounds. */
export function checkHandicaps(scenario: Scenario, game: GameFacts, report: Report): void {
  const fought = new Set<string>();
  for (const [at, { metadata }] of scenario.sequences.entries()) {
    const step = metadata?.step;
    if (step?.kind !== 'fight') continue;
    const path = `sequences[${at}].metadata.step`;
    fought.add(step.opponent);
    checkTerms(step, path, game, report);
    for (const [index, variant] of step.variants.entries()) {
      if (variant.opponent !== undefined) fought.add(variant.opponent);
      checkTerms(variant, `${path}.variants[${index}]`, game, report);
    }
  }
  for (const [at, enemy] of scenario.enemies.entries())
    if (fought.has(enemy.scenario_enemy_id) && !game.characters.includes(enemy.rule_id))
      report(`enemies[${at}].rule_id`, `there is no character ${enemy.rule_id}`);
  for (const [at, { meta }] of scenario.items.entries()) {
    const parsed = itemMeta.safeParse(meta);
    if (parsed.success) checkHandicap(parsed.data.handicap, `items[${at}].meta.handicap`, game, report);
  }
}

interface Terms {
  readonly playerHandicap?: Handicap | undefined;
  readonly opponentHandicap?: Handicap | undefined;
}
type Handicap = Readonly<Record<string, number | undefined>>;

function checkTerms(terms: Terms, path: string, game: GameFacts, report: Report): void {
  checkHandicap(terms.playerHandicap, `${path}.playerHandicap`, game, report);
  checkHandicap(terms.opponentHandicap, `${path}.opponentHandicap`, game, report);
}

function checkHandicap(
  handicap: Handicap | undefined,
  path: string,
  { handicapBounds }: GameFacts,
  report: Report,
): void {
  for (const [name, value] of Object.entries(handicap ?? {})) {
    if (value === undefined) continue;
    const [least, most] = handicapBounds[name] ?? [0, -1];
    if (value < least || value > most) report(`${path}.${name}`, `${value} is not from ${least} to ${most}`);
  }
}
