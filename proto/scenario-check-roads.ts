import type { Scenario } from './scenario';
import type { Report } from './scenario-check';
import { isExhaustive } from './scenario-exhaustive';
import type { Condition, Ladder, Step } from './scenario-steps';

/** One way on. */
interface Next {
  readonly if: readonly Condition[];
  readonly to?: string | undefined;
  readonly ending?: string | undefined;
}

/** A way on, with its place. */
interface Way {
  readonly path: string;
  readonly next: Next;
}

/** Where a ladder leads: every sequence can be reached, every one leads to an ending, and nobody is left standing. */
export function checkRoads(scenario: Scenario, ladder: Ladder, report: Report): void {
  const steps = scenario.sequences.flatMap(({ id, metadata }, at) =>
    metadata?.step ? [{ id, step: metadata.step, path: `sequences[${at}].metadata.step` }] : [],
  );
  const known = new Set(scenario.sequences.map(({ id }) => id));
  const endings = new Set(ladder.endings.map(({ id }) => id));
  const to = new Map(scenario.sequences.map(({ id }) => [id, new Set<string>()]));
  /** Sequences with a way to an ending of their own. */
  const last = new Set<string>();
  const reached = new Set<string>();
  for (const { id, step, path } of steps)
    for (const way of waysOf(step, path)) {
      checkTarget(way, known, endings, report);
      if (way.next.to !== undefined) to.get(id)?.add(way.next.to);
      if (way.next.ending === undefined || !endings.has(way.next.ending)) continue;
      last.add(id);
      reached.add(way.next.ending);
    }
  const isFight = new Set(steps.flatMap(({ id, step }) => (step.kind === 'fight' ? id : [])));
  const withoutFight = reach([ladder.first], new Map([...to].filter(([id]) => !isFight.has(id))));
  for (const { id, step, path } of steps)
    checkLists(step, path, isFight.has(id) || !withoutFight.has(id), report);
  checkReach(scenario, ladder, { to, last }, report);
  for (const [at, { id }] of ladder.endings.entries())
    if (!reached.has(id)) report(`metadata.ladder.endings[${at}].id`, `nothing leads to the ending "${id}"`);
}

function checkTarget(
  { path, next: { to, ending } }: Way,
  known: ReadonlySet<string>,
  endings: ReadonlySet<string>,
  report: Report,
): void {
  if ((to === undefined) === (ending === undefined))
    report(path, 'goes on to a sequence or to an ending, one of the two');
  if (ending !== undefined && !endings.has(ending))
    report(`${path}.ending`, `there is no ending "${ending}"`);
  if (to !== undefined && !known.has(to)) report(`${path}.to`, `there is no sequence "${to}"`);
}

const waysAt = (path: string, list: readonly Next[]): Way[] =>
  list.map((next, at) => ({ path: `${path}[${at}]`, next }));

/** Every way on from a step. */
function waysOf(step: Step, path: string): Way[] {
  const own = waysAt(`${path}.next`, step.next);
  if (!('choices' in step)) return own;
  return [
    ...step.choices.flatMap((choice, at) => waysAt(`${path}.choices[${at}].next`, choice.next)),
    ...own,
  ];
}

/**
 * Says where a player could be left without a way on.
 * @param isFought whoever is here has fought before: it was won or lost
 */
function checkLists(step: Step, path: string, isFought: boolean, report: Report): void {
  const own = waysAt(`${path}.next`, step.next);
  if (!('choices' in step)) {
    checkList(own, `${path}.next`, isFought, report);
    return;
  }
  if (
    !isExhaustive(
      step.choices.map((choice) => choice.if),
      isFought,
    )
  )
    report(`${path}.choices`, 'there may be none whose conditions hold');
  for (const [at, choice] of step.choices.entries()) {
    const here = `${path}.choices[${at}].next`;
    const ways = waysAt(here, choice.next);
    const isSure = isExhaustive(
      choice.next.map((next) => next.if),
      isFought,
    );
    // Where none of its own holds, the step's are next.
    checkList(isSure ? ways : [...ways, ...own], here, isFought, report);
  }
}

function checkList(list: readonly Way[], path: string, isFought: boolean, report: Report): void {
  const sure = list.findIndex(({ next }) => next.if.length === 0);
  if (sure >= 0 && sure < list.length - 1)
    report(list[sure + 1]?.path ?? path, 'is never taken: the one before has no conditions');
  if (
    !isExhaustive(
      list.map(({ next }) => next.if),
      isFought,
    )
  )
    report(path, 'the last way on has no conditions, or the conditions leave nothing out');
}

interface Roads {
  readonly to: ReadonlyMap<string, ReadonlySet<string>>;
  readonly last: ReadonlySet<string>;
}

function checkReach(scenario: Scenario, ladder: Ladder, { to, last }: Roads, report: Report): void {
  const from = new Map<string, Set<string>>();
  for (const [id, ways] of to)
    for (const way of ways) {
      const before = from.get(way) ?? new Set();
      from.set(way, before.add(id));
    }
  const fromFirst = reach([ladder.first], to);
  const toAnEnd = reach([...last], from);
  const pauses = new Map(
    scenario.sequences.flatMap(({ id, metadata }) =>
      metadata?.step?.kind === 'rest' ? [[id, to.get(id) ?? new Set<string>()] as const] : [],
    ),
  );
  for (const [at, { id }] of scenario.sequences.entries()) {
    // Where the first itself is missing that is said already.
    if (to.has(ladder.first) && !fromFirst.has(id))
      report(`sequences[${at}].id`, `"${id}" is never reached from the first sequence`);
    if (!toAnEnd.has(id)) report(`sequences[${at}].id`, `no ending can be reached from "${id}"`);
    const ways = pauses.get(id);
    if (
      ways &&
      reach(
        [...ways].filter((way) => pauses.has(way)),
        pauses,
      ).has(id)
    )
      report(`sequences[${at}].id`, `"${id}" leads back to itself without a fight or a choice`);
  }
}

/** Everything that can be reached from somewhere, these included; only through what the roads know. */
function reach(start: readonly string[], roads: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set(start);
  const left = [...start];
  for (let id = left.pop(); id !== undefined; id = left.pop())
    for (const way of roads.get(id) ?? [])
      if (!seen.has(way)) {
        seen.add(way);
        left.push(way);
      }
  return seen;
}
