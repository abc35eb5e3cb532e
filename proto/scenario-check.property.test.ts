import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkConditions, type StoryFacts } from './conditions';
import { type ScenarioInput, scenario } from './scenario';
import { checkScenario } from './scenario-check';
import type { Condition, Step } from './scenario-steps';
import { ladderOf } from './testing/ladder';

const GAME = { handicapBounds: { powerPercent: [50, 150] as const }, characters: [1, 2] };
const words = { en: 'x', ko: 'y' };
const SIZE = 5;

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { result: 'won' },
    { result: 'lost' },
    { flag: 'f' },
    { noFlag: 'f' },
    { has: 'charm' },
  ),
  fc.record({ stamina: fc.record({ least: fc.integer({ min: 0, max: 100 }) }) }),
);
const conditions = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Condition[]>([]) },
  fc.array(condition, { minLength: 1, maxLength: 2 }),
);
const target = fc.oneof(
  fc.record({ to: fc.integer({ min: 0, max: SIZE - 1 }).map((at) => `s${at}`) }),
  fc.constant({ ending: 'end' }),
);
interface Next {
  if: Condition[];
  to?: string;
  ending?: string;
}
const next: fc.Arbitrary<Next> = fc
  .tuple(conditions, target)
  .map(([list, where]) => ({ if: list, ...where }));
const nexts: fc.Arbitrary<Next[]> = fc.oneof(
  fc.array(next, { minLength: 1, maxLength: 3 }),
  fc.tuple(target, target).map(([won, lost]) => [
    { if: [{ result: 'won' as const }], ...won },
    { if: [{ result: 'lost' as const }], ...lost },
  ]),
);
const step = fc.oneof(
  nexts.map((list) => ({ kind: 'rest' as const, title: words, effects: [], next: list })),
  nexts.map((list) => ({
    ...{ kind: 'fight' as const, title: words, opponent: 'rival', level: 1 },
    ...{ won: [{ flag: 'f' }], lost: [], next: list },
  })),
  fc
    .tuple(
      fc.array(fc.tuple(conditions, fc.oneof(nexts, fc.constant<Next[]>([]))), {
        minLength: 1,
        maxLength: 3,
      }),
      nexts,
    )
    .map(([choices, list]) => ({
      kind: 'scene' as const,
      title: words,
      choices: choices.map(([open, ways], at) => ({
        ...{ id: `c${at}`, label: words, tone: 'talk' as const },
        ...{ if: open, effects: [], next: ways },
      })),
      next: list,
    })),
);

/** Ladders of a few random steps: most have faults, some have none. */
const ladders = fc.array(step, { minLength: 1, maxLength: SIZE }).map((steps): ScenarioInput => {
  const { ladder, npcs, enemies, items } = ladderOf();
  return {
    title: 'T',
    ...{ npcs, enemies, items },
    acts: [{ id: 'act', name: 'Act', sequences: steps.map((_, at) => `s${at}`) }],
    sequences: steps.map((each, at) => ({
      ...{ id: `s${at}`, name: `S${at}`, enemies: ['rival'] },
      metadata: { step: each },
    })),
    metadata: {
      ladder: { ...ladder, first: 's0', lines: [], endings: [{ id: 'end', title: words, text: words }] },
    },
  };
});

/** However a run may stand. */
const facts: fc.Arbitrary<StoryFacts> = fc.record({
  flags: fc.constantFrom(new Set<string>(), new Set(['f'])),
  affinities: fc.constant({}),
  items: fc.constantFrom(new Set<string>(), new Set(['charm'])),
  stamina: fc.integer({ min: 0, max: 100 }),
  losses: fc.nat(5),
  last: fc.record({ result: fc.constantFrom('won' as const, 'lost' as const), healthLeft: fc.nat(100) }),
});

/** Where a step leads as the run stands; undefined for nowhere. The first open choice is taken. */
function follow(at: Step, run: StoryFacts) {
  const holds = (each: { readonly if: readonly Condition[] }) => checkConditions(each.if, run);
  if (!('choices' in at)) return at.next.find(holds);
  const choice = at.choices.find(holds);
  return choice && (choice.next.find(holds) ?? at.next.find(holds));
}

it('RULES-3: a ladder without faults never leaves anybody without a way on, however a run stands', () => {
  let sound = 0;
  fc.assert(
    fc.property(ladders, fc.array(facts, { minLength: 1, maxLength: 12 }), (input, runs) => {
      const parsed = scenario.parse(input);
      const issues = checkScenario(parsed, GAME);
      if (issues.length > 0) return;
      sound += 1;
      let here: string | undefined = 's0';
      let isFought = false;
      for (const run of runs) {
        const at = parsed.sequences.find(({ id }) => id === here)?.metadata?.step;
        expect(at).toBeDefined();
        isFought ||= at?.kind === 'fight';
        // Before the first fight nothing was won or lost.
        const way = at && follow(at, isFought ? run : { ...run, last: undefined });
        expect(way).toBeDefined();
        if (way?.ending !== undefined) return;
        here = way?.to;
      }
    }),
    { numRuns: 4_000 },
  );
  expect(sound).toBeGreaterThan(20);
});

it('RULES-3: a ladder with any name changed is looked through to the end', () => {
  const text = JSON.stringify(ladderOf());
  const names = ['scene', 'fight', 'rest', 'coach', 'rival', 'charm', 'glory', 'bold', 'brave', 'act'];
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...names, 'gone'),
      fc.nat(8),
      (old, other, skip) => {
        const parts = text.split(`"${old}"`);
        const at = Math.min(skip, parts.length - 2);
        const changed = `${parts.slice(0, at + 1).join(`"${old}"`)}"${other}"${parts.slice(at + 1).join(`"${old}"`)}`;
        const parsed = scenario.safeParse(JSON.parse(changed));
        if (parsed.success) expect(Array.isArray(checkScenario(parsed.data, GAME))).toBe(true);
      },
    ),
  );
});
