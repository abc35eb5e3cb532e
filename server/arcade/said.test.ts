import { beforeAll, describe, expect, it } from 'vitest';
import { randomBelow, seedRng } from '../../engine/bots/rng';
import type { LineMoment } from '../../proto/scenario-steps';
import { createDirector } from '../gm/in-process';
import { ANNOUNCER_LINES } from '../gm/lines';
import { bundledLadders } from '../ladders/bundled';
import type { KnownLadder } from './context';
import { openChoices, type Turn, takeChoice, takeFight, takeRest } from './course/course';
import { applyAll, type Facts, firstFacts, stepAt } from './course/facts';
import { planFight } from './course/fight-plan';
import { createNarrator } from './narrator';
import { momentAfter } from './runs/take-step';
import type { ReadyLine } from './runs/terms';

/** What is said on whole roads, asked for as a run asks for it: nobody there but the director. */

const ROADS = 200;
/** Whoever has begun so many fights wins from then on. */
const MOST_FIGHTS = 30;

interface Said {
  readonly moment: LineMoment;
  readonly at: string;
  readonly id: string | null;
  /** Fights begun so far, repeats among them. */
  readonly fights: number;
}

const narrator = createNarrator({
  theirs: () => Promise.reject(new Error('a ladder of nobody else’s')),
  ours: createDirector(),
  common: ANNOUNCER_LINES,
  log: { warn: () => {} },
});

/** Climbs to an ending, with luck and choices by the seed: some win everything, some next to nothing. */
async function climb(ladder: KnownLadder, seed: number): Promise<readonly Said[]> {
  const words = new Int32Array(1);
  seedRng(words, 0, seed);
  const below = (bound: number) => randomBelow(words, 0, bound);
  const winsOfTen = 1 + below(10);
  const told: Said[] = [];
  const said: string[] = [];
  let fights = 0;
  let facts: Facts = firstFacts(ladder);

  const ask = (moment: LineMoment, at: Facts, about: { choice?: string; opponent?: string } = {}) =>
    narrator.line(
      { runId: `run-${seed}`, ladder, facts: at, said, history: [], language: 'en' },
      moment,
      about,
    );
  const say = (moment: LineMoment, at: string, line: ReadyLine | null) => {
    told.push({ moment, at, id: line?.said ?? null, fights });
    if (line?.said) said.push(line.said);
    return line?.effects ?? [];
  };

  say('arrive', facts.sequenceId, await ask('arrive', facts));
  for (;;) {
    const { sequenceId } = facts;
    const step = stepAt(ladder, sequenceId);
    let turn: Turn;
    let type: 'fight' | 'rest' | 'choice' = 'choice';
    let moment: LineMoment = 'choice';
    let first: ReadyLine | null = null;
    if (step.kind === 'fight') {
      fights += 1;
      const isWon = fights > MOST_FIGHTS || below(10) < winsOfTen;
      const last = isWon
        ? ({ result: 'won', healthLeft: 50 } as const)
        : ({ result: 'lost', healthLeft: 0 } as const);
      const { opponent } = planFight(ladder, step, facts);
      moment = isWon ? 'after_win' : 'after_loss';
      type = 'fight';
      // Both are chosen when the fight is handed out.
      const before = await ask('before_fight', facts, { opponent });
      first = await ask(moment, { ...facts, last }, { opponent });
      say('before_fight', sequenceId, before);
      turn = takeFight(ladder, facts, { ...last, drops: [] });
    } else if (step.kind === 'rest') {
      moment = 'rest';
      type = 'rest';
      first = await ask('rest', facts);
      turn = takeRest(ladder, facts);
    } else {
      const open = openChoices(step, facts);
      const choice = open[below(open.length)]?.id ?? '';
      const opponent = step.kind === 'scene' ? step.speaker : undefined;
      first = opponent === undefined ? null : await ask('choice', facts, { choice, opponent });
      turn = takeChoice(ladder, facts, choice);
    }
    const effects = first ? say(moment, sequenceId, first) : [];
    facts = applyAll(turn.facts, effects);
    const next = momentAfter(type, turn.goal);
    if (next) facts = applyAll(facts, say(next, facts.sequenceId, await ask(next, facts)));
    if (turn.goal.kind === 'ending') return told;
  }
}

/** Everything that is said again, and what was said before it. */
function again(
  told: readonly Said[],
): readonly { readonly one: Said; readonly before: ReadonlySet<string | null> }[] {
  return told.flatMap((one, n) => {
    const before = new Set(told.slice(0, n).map(({ id }) => id));
    return before.has(one.id) ? [{ one, before }] : [];
  });
}

describe.each(bundledLadders().all.map((one) => [one.id, one] as const))(
  'on the ladder %s',
  (key, ladder) => {
    const known: KnownLadder = { ...ladder, key, scenarioId: key, isBundled: false };
    let roads: readonly (readonly Said[])[] = [];
    beforeAll(async () => {
      roads = await Promise.all(Array.from({ length: ROADS }, (_, n) => climb(known, n + 1)));
    });

    it('GM-4: no line is said twice in ten fights, won or lost', () => {
      const repeats = roads.flatMap(again).filter(({ one }) => one.fights <= 10);
      expect(repeats.map(({ one }) => one)).toEqual([]);
      expect(roads.some((told) => told.filter(({ moment }) => moment === 'after_loss').length > 5)).toBe(
        true,
      );
    });

    it('GM-4: later a line comes again only once the announcer’s are spent, too', () => {
      for (const { one, before } of roads.flatMap(again)) {
        const unsaid = ANNOUNCER_LINES.filter(
          (line) => line.moment === one.moment && line.if.length === 0 && !before.has(line.id),
        );
        expect({ one, unsaid: unsaid.map(({ id }) => id) }).toEqual({ one, unsaid: [] });
      }
    });
  },
);
