import { chanceOf, difficultyOf, type JudgedFight, type LevelTable } from '../skill';

/** Players as data: who wins is decided by a logistic curve, the margin by a race of exchanges that knows nothing of the director. */

/** Seeded numbers from 0 to 1: mulberry32 (Tommy Ettinger, public domain), written from its description. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Exchanges are closer than fights: of some twenty the better one wins enough that the fight goes as the curve says. */
const EXCHANGE_LOGITS = 0.28;
const MOST_RACES = 60;

/** One fight of a player of this skill (logits) at a level. */
export function fightAt(table: LevelTable, skill: number, level: number, random: () => number) {
  const ahead = skill - difficultyOf(table, level);
  const won = random() < chanceOf(ahead);
  let left = 5;
  for (let tries = 0; tries < MOST_RACES; tries += 1) {
    const [mine, theirs] = race(ahead * EXCHANGE_LOGITS, random);
    if (mine > 0 !== won) continue;
    left = won ? mine : theirs;
    break;
  }
  const seconds = Math.round(40 + 50 * random());
  const taken = won ? 100 - left : 100;
  const fight: JudgedFight & { seconds: number; peak: number; mean: number } = {
    ...{ level, won, seconds },
    health_left: won ? left : 0,
    opponent_health_left: won ? 0 : left,
    peak: Math.round(taken * (0.6 + 0.4 * random())),
    mean: Math.round(taken * 0.4),
  };
  return fight;
}

/** Health of both when one has none left. Percent. */
function race(logits: number, random: () => number): readonly [number, number] {
  let mine = 100;
  let theirs = 100;
  while (mine > 0 && theirs > 0) {
    const damage = 6 + Math.floor(9 * random());
    if (random() < chanceOf(logits)) theirs = Math.max(0, theirs - damage);
    else mine = Math.max(0, mine - damage);
  }
  return [mine, theirs];
}
