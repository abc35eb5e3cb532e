import { AIM, direct } from '../director';
import { ANNOUNCER_LINES } from '../lines';
import { chanceOf, difficultyOf, type LevelTable } from '../skill';
import { chooseLine } from '../storylets';
import { fightAt, seeded } from './players';

/** How a run is directed. */
export interface Setting {
  readonly table: LevelTable;
  readonly players: number;
  readonly fights: number;
  /** What each step wants. */
  readonly step: { readonly level: number; readonly sway: number };
  /** Without a director every fight is at the step's level. */
  readonly isDirected: boolean;
  readonly seed: number;
}

/** A tenth of the players, from the weakest. */
export interface Decile {
  /** Levels at which they would win as often as is aimed at. */
  readonly levels: readonly [number, number];
  /** Share of fights that were won: of the first three, and from the fourth on. */
  readonly first: number;
  readonly later: number;
  /** What is possible at the limits of the step's sway: the best and the worst chance, of its middle player. */
  readonly possible: readonly [number, number];
  readonly repeatedLines: number;
}

/** Weakest and strongest player: the level at which they win as often as is aimed at. */
const FROM_LEVEL = 5;
const TO_LEVEL = 95;
const WARM_UP = 3;
const LOGITS_OF_AIM = Math.log(AIM / (1 - AIM));

/** Plays runs of players from beginner to expert. */
export function simulate(setting: Setting): readonly Decile[] {
  const { table, players, step } = setting;
  const random = seeded(setting.seed);
  const levelOf = (n: number) => FROM_LEVEL + ((TO_LEVEL - FROM_LEVEL) * (n + 0.5)) / players;
  const runs = Array.from({ length: players }, (_, n) =>
    runOf(setting, difficultyOf(table, levelOf(n)) + LOGITS_OF_AIM, `player-${n}`, random),
  );
  return Array.from({ length: 10 }, (_, tenth) => {
    const [from, to] = [tenth, tenth + 1].map((at) => Math.round((players * at) / 10)) as [number, number];
    const own = runs.slice(from, to);
    const share = (won: readonly boolean[]) => won.filter(Boolean).length / Math.max(1, won.length);
    const skill = difficultyOf(table, levelOf((from + to) / 2)) + LOGITS_OF_AIM;
    const at = (level: number) => chanceOf(skill - difficultyOf(table, Math.min(100, Math.max(0, level))));
    return {
      levels: [levelOf(from), levelOf(to - 1)],
      first: share(own.flatMap(({ won }) => won.slice(0, WARM_UP))),
      later: share(own.flatMap(({ won }) => won.slice(WARM_UP))),
      possible: setting.isDirected
        ? [at(step.level - step.sway), at(step.level + step.sway)]
        : [at(step.level), at(step.level)],
      repeatedLines: own.reduce((sum, { repeated }) => sum + repeated, 0),
    };
  });
}

function runOf(
  { table, fights: count, step, isDirected }: Setting,
  skill: number,
  id: string,
  random: () => number,
) {
  const fights: ReturnType<typeof fightAt>[] = [];
  const said: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const secondsSincePeak = n === 0 ? undefined : Math.round(20 + 60 * random());
    const { level } = isDirected
      ? direct(table, { fights, nextFight: step, affinities: {}, secondsSincePeak })
      : step;
    const fight = fightAt(table, skill, level, random);
    fights.push(fight);
    for (const moment of ['before_fight', fight.won ? 'after_win' : 'after_loss'] as const) {
      const losses = fights.filter(({ won }) => !won).length;
      const facts = {
        ...{ flags: new Set<string>(), affinities: {}, items: new Set<string>(), stamina: 100, losses },
        last: { result: fight.won ? 'won' : 'lost', healthLeft: fight.health_left },
      } as const;
      const line = chooseLine(ANNOUNCER_LINES, { sessionId: id, moment, facts, departed: [], said });
      said.push(line?.id ?? 'none');
    }
  }
  return { won: fights.map(({ won }) => won), repeated: said.length - new Set(said).size };
}
