import type { Direction, DirectorContext } from '../../../proto/gm';
import type { LineMoment } from '../../../proto/scenario-steps';
import { AIM, direct } from '../../gm/director';
import { ANNOUNCER_LINES } from '../../gm/lines';
import { difficultyOf, type LevelTable } from '../../gm/skill';
import { chooseLine } from '../../gm/storylets';
import { fightAt, seeded } from '../../gm/testing/players';
import { openChoices, takeChoice, takeFight, takeRest } from '../course/course';
import { type Facts, firstFacts, type LadderScenario, stepAt, storyFacts } from '../course/facts';
import { type FightPlan, planFight } from '../course/fight-plan';

/** Climbs ladders as they are, step by step, with players who are data; the director is told what a run tells it. */

type Fight = NonNullable<DirectorContext['fights']>[number];

/** What a fight of a climb follows from. */
export interface ClimbedFight {
  readonly ladder: LadderScenario;
  readonly plan: FightPlan;
  readonly level: number;
  readonly pace: number;
  readonly random: () => number;
}

export interface ClimbSetting {
  readonly table: LevelTable;
  readonly ladder: LadderScenario;
  /** Without a director every fight is at the step's level. */
  readonly isDirected: boolean;
}

/** Somebody who climbs: who he is, and how his fights go. */
export interface Climber {
  readonly id: string;
  readonly random: () => number;
  /** @returns how it went, and what a win dropped (scenario ids) */
  fight(terms: ClimbedFight): Fight & { readonly drops?: readonly string[] };
}

/** How one climb went. */
export interface Climbed {
  readonly fights: readonly Fight[];
  /** Levels as the story has them, and chances that were aimed at or left, in order of the fights. */
  readonly wanted: readonly number[];
  readonly expected: readonly number[];
  /** Lines said twice before the tenth fight was over. */
  readonly repeated: number;
}

/** A climb ends at an ending, or after so many fights; whoever loses where there is no way on tries again. */
const MOST_FIGHTS = 20;
const LINES_OF_FIGHTS = 10;
const PLAIN_PACE = 1;

/** Climbs a ladder once; choices are by lot. */
export function climbOnce({ table, ladder, isDirected }: ClimbSetting, climber: Climber): Climbed {
  const { id, random } = climber;
  const fights: Fight[] = [];
  const wanted: number[] = [];
  const expected: number[] = [];
  const said: string[] = [];
  let facts = firstFacts(ladder);

  const say = (moment: LineMoment, choice?: string): void => {
    if (fights.length > LINES_OF_FIGHTS) return;
    const at = { sessionId: id, moment, choice, place: facts.sequenceId };
    const known = { facts: storyFacts(facts), departed: facts.departed, said };
    const line = chooseLine(ladder.ladder.lines, { ...at, ...known }, ANNOUNCER_LINES);
    if (line) said.push(line.id);
  };

  for (;;) {
    const step = stepAt(ladder, facts.sequenceId);
    if (step.kind === 'rest') {
      say('rest');
      facts = takeRest(ladder, facts).facts;
      continue;
    }
    if (step.kind !== 'fight') {
      const open = openChoices(step, facts);
      const choice = open[Math.floor(open.length * random())];
      if (!choice) throw new Error(`nothing can be chosen in ${facts.sequenceId}`);
      say('arrive');
      say('choice', choice.id);
      const { facts: after, goal } = takeChoice(ladder, facts, choice.id);
      if (goal.kind === 'ending') break;
      facts = after;
      continue;
    }
    const plan = planFight(ladder, step, facts);
    const direction = isDirected ? directed(table, facts, plan, fights) : undefined;
    const { level = plan.level, pace = PLAIN_PACE } = direction ?? {};
    say('before_fight');
    const { drops = [], ...went } = climber.fight({ ladder, plan, level, pace, random });
    const fight = { ...went, opponent: plan.opponent };
    fights.push(fight);
    wanted.push(plan.level);
    if (direction) expected.push(direction.expected_win_percent);
    const result = fight.won ? 'won' : 'lost';
    const turn = takeFight(ladder, facts, { result, healthLeft: fight.health_left, drops });
    facts = { ...turn.facts, sequenceId: facts.sequenceId };
    say(fight.won ? 'after_win' : 'after_loss');
    facts = turn.facts;
    if (turn.goal.kind === 'ending' || fights.length >= MOST_FIGHTS) break;
  }
  return { fights, wanted, expected, repeated: said.length - new Set(said).size };
}

/** What the arcade asks and the director answers. */
function directed(table: LevelTable, facts: Facts, plan: FightPlan, fights: readonly Fight[]): Direction {
  return direct(table, {
    fights: [...fights],
    nextFight: { level: plan.level, sway: plan.sway, opponents: [plan.opponent] },
    affinities: facts.affinities,
    secondsSincePeak: undefined,
  });
}

/** A tenth of the players, from the weakest; shares of fights that were won. */
export interface ClimbedDecile {
  /** Levels at which they would win as often as is aimed at. */
  readonly levels: readonly [number, number];
  readonly first: number;
  /** From the fourth fight on; of these the earlier and the later half of the ladder. */
  readonly later: number;
  readonly halves: readonly [number, number];
  readonly fights: number;
  /** What the director expected of it; NaN without one. */
  readonly expected: number;
  /** Mean level that was fought at, from the fourth fight on. */
  readonly level: number;
  readonly repeated: number;
}

/** Weakest and strongest player: the level at which they win as often as is aimed at. */
const FROM_LEVEL = 5;
const TO_LEVEL = 95;
const WARM_UP = 3;
const HALF_LEVEL = 55;
const LOGITS_OF_AIM = Math.log(AIM / (1 - AIM));

/** Players from beginner to expert climb once each; who wins is a logistic curve of skill and level, or what `fightOf` says. */
export function climbAll(
  setting: ClimbSetting & {
    readonly players: number;
    readonly seed: number;
    readonly fightOf?: (playerLevel: number) => Climber['fight'];
  },
): readonly ClimbedDecile[] {
  const { table, players, seed } = setting;
  const levelOf = (n: number) => FROM_LEVEL + ((TO_LEVEL - FROM_LEVEL) * (n + 0.5)) / players;
  const byCurve = (own: number): Climber['fight'] => {
    const skill = difficultyOf(table, own) + LOGITS_OF_AIM;
    return ({ level, random }) => fightAt(table, skill, level, random);
  };
  const fightOf = setting.fightOf ?? byCurve;
  const random = seeded(seed);
  const climbs = Array.from({ length: players }, (_, n) =>
    climbOnce(setting, { id: `player-${n}`, random, fight: fightOf(levelOf(n)) }),
  );
  return Array.from({ length: 10 }, (_, tenth) => {
    const from = Math.round((players * tenth) / 10);
    const to = Math.round((players * (tenth + 1)) / 10);
    return decileOf(climbs.slice(from, to), [levelOf(from), levelOf(to - 1)]);
  });
}

function decileOf(climbs: readonly Climbed[], levels: readonly [number, number]): ClimbedDecile {
  const fights = climbs.flatMap(({ fights, wanted, expected }) =>
    fights.map((fight, n) => ({
      ...fight,
      ...{ n, wanted: wanted[n] ?? 0, expected: expected[n] ?? Number.NaN },
    })),
  );
  const mean = (of: (fight: (typeof fights)[number]) => number) =>
    later.reduce((sum, fight) => sum + of(fight), 0) / Math.max(1, later.length);
  const share = (some: readonly Fight[]) => some.filter(({ won }) => won).length / Math.max(1, some.length);
  const later = fights.filter(({ n }) => n >= WARM_UP);
  return {
    levels,
    first: share(fights.filter(({ n }) => n < WARM_UP)),
    later: share(later),
    halves: [
      share(later.filter(({ wanted }) => wanted < HALF_LEVEL)),
      share(later.filter(({ wanted }) => wanted >= HALF_LEVEL)),
    ],
    fights: fights.length,
    expected: mean(({ expected }) => expected) / 100,
    level: mean(({ level }) => level),
    repeated: climbs.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}
