import type { Step } from '../../../proto/scenario-steps';
import { itemMeta } from '../../../proto/scenario-steps';
import { AppError } from '../../errors';
import { type ArcadeContext, type Climber, CONTINUE_PRICE } from '../context';
import { openChoices } from '../course/course';
import { placeOf, stepAt } from '../course/facts';
import { planFight } from '../course/fight-plan';
import { itemsOwned, personOf } from '../people';
import type { LineView, RunView } from '../views';
import { type LoadedRun, loadRun } from './load';

/** A run as its player sees it. @throws {AppError} NOT_FOUND */
export async function showRun(ctx: ArcadeContext, climber: Climber, runId: string): Promise<RunView> {
  const run = await loadRun(ctx, ctx.db, runId, climber.playerId);
  const coins = await ctx.purse.balance(climber.playerId);
  const { row, status, ladder, facts } = run;
  const step = stepAt(ladder, facts.sequenceId);
  const ending = ladder.ladder.endings.find(({ id }) => id === row.endingId);
  return {
    runId,
    ladder: { key: row.ladder, title: ladder.ladder.title, character: ladder.ladder.character },
    status,
    version: row.version,
    act: actOf(run),
    moment: momentOf(run, step),
    sequenceId: facts.sequenceId,
    title: step.title,
    text: step.text ?? null,
    still: step.still ?? null,
    goal: ladder.scenario.sequences.find(({ id }) => id === facts.sequenceId)?.goal ?? null,
    lines: run.lines.map((line) => inLanguage(ctx, run, line, climber.language)),
    choices: choicesOf(run, step),
    opponent: opponentOf(run, step),
    continues: {
      left: row.continuesLeft,
      tokens: itemsOwned(ladder, facts)
        .filter(({ kind }) => kind === 'token')
        .reduce((sum, { quantity }) => sum + quantity, 0),
      coins,
      price: CONTINUE_PRICE,
    },
    ending: ending
      ? { id: ending.id, title: ending.title, text: ending.text, still: ending.still ?? null }
      : null,
    stamina: facts.stamina,
    nerve: facts.nerve,
    score: row.score,
    items: itemsOwned(ladder, facts),
    bonds: bondsOf(run),
  };
}

function momentOf({ row, status }: LoadedRun, step: Step): RunView['moment'] {
  if (row.endingId !== null) return 'ending';
  if (status === 'ended') return 'over';
  return row.awaitsContinue ? 'continue' : step.kind;
}

/** What is written down in both languages is shown in the language of now, whatever it was said in. */
function inLanguage(
  { narrator }: ArcadeContext,
  { ladder }: LoadedRun,
  line: LineView,
  language: 'en' | 'ko',
): LineView {
  if (line.lineId === null) return line;
  const known = ladder.ladder.lines.find(({ id }) => id === line.lineId);
  if (known) return { ...line, text: known.text[language] };
  const common = narrator.commonWords(line.lineId);
  // Another game master may call its own words the same.
  const isOurs = common && (common.en === line.text || common.ko === line.text);
  return isOurs ? { ...line, text: common[language] } : line;
}

function choicesOf({ facts, row, status }: LoadedRun, step: Step): RunView['choices'] {
  if (row.awaitsContinue || status === 'ended' || (step.kind !== 'scene' && step.kind !== 'map')) return [];
  return openChoices(step, facts).map(({ id, label, tone, next }) => ({
    id,
    label,
    tone,
    to: next[0]?.to ?? null,
  }));
}

function opponentOf({ ladder, facts }: LoadedRun, step: Step): RunView['opponent'] {
  if (step.kind !== 'fight') return null;
  const plan = planFight(ladder, step, facts);
  const { opponent, opponentCharacter, winsNeeded, level } = plan;
  return { ...personOf(ladder, opponent), character: opponentCharacter, winsNeeded, level };
}

function bondsOf({ ladder, facts }: LoadedRun): RunView['bonds'] {
  return ladder.scenario.npcs.map(({ scenario_npc_id: id }) => ({
    ...personOf(ladder, id),
    affinity: facts.affinities[id] ?? 50,
    isDeparted: facts.departed.includes(id),
  }));
}

/** The act with its map: what was walked, where one is, what can be reached next. */
function actOf({ ladder, facts, row }: LoadedRun): RunView['act'] {
  const { scenario } = ladder;
  const place = placeOf(ladder, facts.sequenceId);
  const act = scenario.acts[place.act - 1];
  if (!act) throw new AppError('CONFLICT', 'The run stands in no act.');
  const walked = new Set(row.walked);
  const open = new Set(reachable(stepAt(ladder, facts.sequenceId)));
  const name = actName(act);
  return {
    number: place.act,
    of: scenario.acts.length,
    name,
    nodes: act.sequences.flatMap((id) => {
      const step = scenario.sequences.find((one) => one.id === id)?.metadata?.step;
      if (!step) return [];
      const state =
        id === facts.sequenceId ? 'here' : walked.has(id) ? 'done' : open.has(id) ? 'open' : 'closed';
      return [{ id, title: step.title, kind: step.kind, state } as const];
    }),
  };
}

/** Sequences that may follow a step. */
function reachable(step: Step): string[] {
  const nexts = [
    ...step.next,
    ...(step.kind === 'scene' || step.kind === 'map' ? step.choices.flatMap(({ next }) => next) : []),
  ];
  return nexts.flatMap(({ to }) => to ?? []);
}

function actName({ name, metadata }: { name: string; metadata?: Record<string, unknown> | undefined }) {
  const named = itemMeta.shape.name.safeParse(metadata?.title);
  return named.success ? named.data : { en: name, ko: name };
}
