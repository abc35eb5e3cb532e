/**
 * How good a player is, and how hard an opponent may be: a Rasch model (item response theory with one number a player and
 * one an opponent, the model under Elo and Glicko), where the opponents' numbers are known from measurement. What is
 * believed of the player is the whole posterior on a grid: after one or two fights it is wide and lopsided, where a number
 * and a deviation, as in Glicko, would be too sure.
 */

/** One fight as skill is judged by it. */
export interface JudgedFight {
  /** 0 to 100 */
  readonly level: number;
  readonly won: boolean;
  /** Percent of full health left of the player and of the opponent. */
  readonly health_left: number;
  readonly opponent_health_left: number;
}

/** How hard levels are, in logits: at equal skill and difficulty both win half. Levels ascend, difficulties too. */
export type LevelTable = readonly (readonly [level: number, logits: number])[];

/** Weights of skills, which add up to 1. */
export interface Belief {
  readonly skills: readonly number[];
  readonly weights: readonly number[];
}

const STEP = 0.1;
/** Beyond the easiest and the hardest level players may be so much worse and better. Logits. */
const BEYOND = 3;
/** Before the first fight: anything from a beginner to an expert. So wide that ten fights are hardly pulled to the middle. */
const PRIOR_LEVEL = 45;
/** At least so many logits, and such a share of what lies between the easiest and the hardest level. */
const PRIOR_LOGITS = 4;
const PRIOR_SHARE = 0.65;
/** A fight counts so much less with each one after it: people learn. */
const FADING = 0.97;
/**
 * Health that the winner has left, as a share: the first without a chance to win, so much more with every chance, and a
 * deviation; fitted to races of some twenty exchanges. It says about as much of a fight as who won does.
 */
const LEFT_LEAST = 0.15;
const LEFT_RANGE = 0.4;
const LEFT_DEVIATION = 0.21;

/** Chance of a win by the difference of skill and difficulty. */
export const chanceOf = (logits: number): number => 1 / (1 + Math.exp(-logits));

/** How hard a level is, between the table's rows by a straight line. Logits. */
export function difficultyOf(table: LevelTable, level: number): number {
  const above = table.findIndex(([at]) => at >= level);
  const [to, toLogits] = table[above] ?? table.at(-1) ?? [100, 0];
  const [from, fromLogits] = table[above - 1] ?? [to, toLogits];
  if (to === from || above < 0) return toLogits;
  return fromLogits + ((toLogits - fromLogits) * (level - from)) / (to - from);
}

/** What is believed of a player after these fights, oldest first. */
export function beliefOf(table: LevelTable, fights: readonly JudgedFight[]): Belief {
  const [easiest, hardest] = [difficultyOf(table, 0), difficultyOf(table, 100)];
  const [least, most] = [easiest - BEYOND, hardest + BEYOND];
  const prior = difficultyOf(table, PRIOR_LEVEL);
  const width = Math.max(PRIOR_LOGITS, PRIOR_SHARE * (hardest - easiest));
  const skills = Array.from({ length: Math.round((most - least) / STEP) + 1 }, (_, n) => least + n * STEP);
  const judged = fights.map((fight, n) => ({
    fight,
    difficulty: difficultyOf(table, fight.level),
    weight: FADING ** (fights.length - 1 - n),
  }));
  const scores = skills.map((skill) =>
    judged.reduce(
      (score, { fight, difficulty, weight }) => score + weight * likelihoodOf(skill - difficulty, fight),
      -((skill - prior) ** 2) / (2 * width ** 2),
    ),
  );
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - best));
  const sum = weights.reduce((a, b) => a + b, 0);
  return { skills, weights: weights.map((weight) => weight / sum) };
}

/** Of one fight, as a logarithm. */
function likelihoodOf(ahead: number, fight: JudgedFight): number {
  const chance = chanceOf(fight.won ? ahead : -ahead);
  const left = Math.min(100, Math.max(0, fight.won ? fight.health_left : fight.opponent_health_left)) / 100;
  const expected = LEFT_LEAST + LEFT_RANGE * chance;
  return Math.log(chance) - (left - expected) ** 2 / (2 * LEFT_DEVIATION ** 2);
}

/** Chance of a win at a level, all that is believed of the player weighed. */
export function winChance(table: LevelTable, { skills, weights }: Belief, level: number): number {
  const difficulty = difficultyOf(table, level);
  return skills.reduce((sum, skill, n) => sum + (weights[n] ?? 0) * chanceOf(skill - difficulty), 0);
}

/** The whole level between two, both included, at which the chance is nearest to the aim; of equals the lower. */
export function levelFor(
  table: LevelTable,
  belief: Belief,
  { aim, low, high }: { aim: number; low: number; high: number },
): number {
  // The chance falls as the level rises: the first level below the aim, or the one before it.
  let from = low;
  let to = high;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (winChance(table, belief, middle) < aim) to = middle;
    else from = middle + 1;
  }
  const missAt = (level: number) => Math.abs(winChance(table, belief, level) - aim);
  return from > low && missAt(from - 1) <= missAt(from) ? from - 1 : from;
}
