import type { Scenario } from './scenario';
import type { Report } from './scenario-check';
import { ANNOUNCER, checkUnique, type Known } from './scenario-check-parts';
import type { Condition, Effect, FightStep, Ladder, SceneStep, Step } from './scenario-steps';

/** Where the conditions, effects and people of a story stand. */
interface Found {
  readonly conditions: { readonly path: string; readonly condition: Condition }[];
  readonly effects: { readonly path: string; readonly effect: Effect }[];
}

/** Everything that steps and lines name is there. */
export function checkStory(scenario: Scenario, ladder: Ladder, known: Known, report: Report): void {
  const found: Found = { conditions: [], effects: [] };
  for (const [at, sequence] of scenario.sequences.entries()) {
    const step = sequence.metadata?.step;
    if (step)
      checkStep(step, `sequences[${at}].metadata.step`, { known, here: sequence.enemies }, found, report);
  }
  checkLines(scenario, ladder, known, found, report);
  checkFound(found, known, report);
}

interface Around {
  readonly known: Known;
  /** Enemies of the sequence. */
  readonly here: readonly string[];
}

function checkStep(step: Step, path: string, around: Around, found: Found, report: Report): void {
  for (const [at, next] of step.next.entries()) collect(found, `${path}.next[${at}]`, next.if, []);
  if (step.kind === 'fight') checkFight(step, path, around, found, report);
  else if (step.kind === 'rest') collect(found, path, [], step.effects);
  else checkScene(step, path, around, found, report);
}

function checkFight(step: FightStep, path: string, around: Around, found: Found, report: Report): void {
  const meets = (id: string, where: string) => {
    if (!around.known.enemies.has(id)) report(where, `there is no enemy "${id}"`);
    else if (!around.here.includes(id)) report(where, `"${id}" is not among the sequence's enemies`);
  };
  meets(step.opponent, `${path}.opponent`);
  for (const [at, variant] of step.variants.entries()) {
    collect(found, `${path}.variants[${at}]`, variant.if, []);
    if (variant.opponent !== undefined) meets(variant.opponent, `${path}.variants[${at}].opponent`);
  }
  collect(found, path, [], step.won, 'won');
  collect(found, path, [], step.lost, 'lost');
}

function checkScene(step: SceneStep, path: string, { known }: Around, found: Found, report: Report): void {
  if (step.speaker !== undefined) checkSpeaker(step.speaker, `${path}.speaker`, known, report);
  checkUnique(
    step.choices.map(({ id }, at) => ({ id, path: `${path}.choices[${at}].id` })),
    report,
  );
  for (const [at, choice] of step.choices.entries()) {
    const here = `${path}.choices[${at}]`;
    collect(found, here, choice.if, choice.effects);
    for (const [index, next] of choice.next.entries()) collect(found, `${here}.next[${index}]`, next.if, []);
  }
}

function checkSpeaker(id: string, path: string, known: Known, report: Report): void {
  if (id !== ANNOUNCER && !known.npcs.has(id) && !known.enemies.has(id))
    report(path, `nobody is called "${id}"`);
}

function checkLines(scenario: Scenario, { lines }: Ladder, known: Known, found: Found, report: Report): void {
  for (const [at, line] of lines.entries()) {
    const path = `metadata.ladder.lines[${at}]`;
    checkSpeaker(line.speaker, `${path}.speaker`, known, report);
    collect(found, path, line.if, line.effects);
    for (const [index, id] of (line.where ?? []).entries())
      if (!known.sequences.has(id)) report(`${path}.where[${index}]`, `there is no sequence "${id}"`);
    if (line.choice !== undefined && !choicesIn(scenario, line.where).has(line.choice))
      report(`${path}.choice`, `no choice is called "${line.choice}" where the line is said`);
  }
}

function choicesIn(scenario: Scenario, where: readonly string[] | undefined): Set<string> {
  const steps = scenario.sequences
    .filter(({ id }) => where === undefined || where.includes(id))
    .flatMap(({ metadata }) => metadata?.step ?? []);
  return new Set(steps.flatMap((step) => ('choices' in step ? step.choices.map(({ id }) => id) : [])));
}

function collect(
  found: Found,
  path: string,
  conditions: readonly Condition[],
  effects: readonly Effect[],
  field = 'effects',
): void {
  for (const [at, condition] of conditions.entries())
    found.conditions.push({ path: `${path}.if[${at}]`, condition });
  for (const [at, effect] of effects.entries())
    found.effects.push({ path: `${path}.${field}[${at}]`, effect });
}

function checkFound({ conditions, effects }: Found, known: Known, report: Report): void {
  const isPerson = (id: string) => known.npcs.has(id) || known.enemies.has(id);
  const flags = new Set(effects.flatMap(({ effect }) => ('flag' in effect ? effect.flag : [])));
  for (const { path, condition } of conditions) {
    if ('affinity' in condition && !isPerson(condition.affinity))
      report(`${path}.affinity`, `nobody is called "${condition.affinity}"`);
    if ('has' in condition && !known.items.has(condition.has))
      report(`${path}.has`, `there is no item "${condition.has}"`);
    if ('flag' in condition && !flags.has(condition.flag))
      report(`${path}.flag`, `nothing ever sets the flag "${condition.flag}"`);
  }
  for (const { path, effect } of effects) {
    if ('affinity' in effect && !isPerson(effect.affinity))
      report(`${path}.affinity`, `nobody is called "${effect.affinity}"`);
    if ('item' in effect && !known.items.has(effect.item))
      report(`${path}.item`, `there is no item "${effect.item}"`);
    for (const [field, id] of Object.entries(effect))
      if ((field === 'departs' || field === 'returns') && !known.npcs.has(String(id)))
        report(`${path}.${field}`, `there is no npc "${id}"`);
  }
}
