/**
 * How often an opponent of one level beats one of another, and how temperaments fare against each other at the same level:
 * seeded matches with every pair of characters, the sides taken in turn; a draw counts half.
 * `npm run bench:levels -- [--seeds 48] [--every 10] [--json]`. Fails when a higher level wins less often than a lower one beyond
 * what chance explains (95 %), against any third.
 */

import { BOT_NAMES, type BotName } from '../../engine/bots/temperaments';
import { duel, MATCH_UPS } from '../../engine/bots/testing/duel';

const option = (name: string, standard: number): number => {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? standard : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} takes a positive number`);
  return value;
};
const seeds = option('--seeds', 48);
const every = option('--every', 10);
const isJson = process.argv.includes('--json');

type Leanings = readonly [BotName | undefined, BotName | undefined];

/** Share of the matches that the first wins, in thousandths. */
function rate(one: number, two: number, leanings: Leanings = [undefined, undefined]): number {
  let points = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const [mine, other] = MATCH_UPS[seed % MATCH_UPS.length] ?? [1, 1];
    const isFirst = seed % (2 * MATCH_UPS.length) < MATCH_UPS.length;
    const { winner } = isFirst
      ? duel([one, two], [mine, other], seed, leanings)
      : duel([two, one], [other, mine], seed, [leanings[1], leanings[0]]);
    points += winner === 0 ? 1 : winner === (isFirst ? 1 : 2) ? 2 : 0;
  }
  return Math.round((points * 1000) / (2 * seeds));
}

const levels = Array.from({ length: Math.floor(100 / every) + 1 }, (_, index) => index * every);
const rates = levels.map(() => levels.map(() => 500));
for (const [row, one] of levels.entries()) {
  for (const [column, two] of levels.entries()) {
    if (row <= column) continue;
    const won = rate(one, two);
    (rates[row] ?? [])[column] = won;
    (rates[column] ?? [])[row] = 1000 - won;
  }
}

const STYLE_LEVELS = [25, 55, 85];
const styles = STYLE_LEVELS.map((level) => ({
  level,
  rates: BOT_NAMES.map((one) => BOT_NAMES.map((two) => (one === two ? 500 : rate(level, level, [one, two])))),
}));

/** Two standard errors of the difference of two shares, at most, in thousandths. */
const tolerance = Math.round(2000 * Math.sqrt(0.5 / seeds));
const wrong: string[] = [];
for (const [column, two] of levels.entries()) {
  for (let row = 1; row < levels.length; row += 1) {
    const [lower, higher] = [rates[row - 1]?.[column] ?? 0, rates[row]?.[column] ?? 0];
    if (higher < lower - tolerance)
      wrong.push(
        `level ${levels[row]} wins ${higher} ‰ against ${two}, level ${levels[row - 1]} wins ${lower} ‰`,
      );
  }
}

if (isJson) console.log(JSON.stringify({ seeds, tolerance, levels, rates, styles, wrong }));
else {
  const cell = (value: number | string): string => String(value).padStart(6);
  console.log(`${seeds} matches a pair; thousandths that the row wins against the column; ± ${tolerance}`);
  console.log(cell('') + levels.map(cell).join(''));
  for (const [row, level] of levels.entries())
    console.log(cell(level) + (rates[row] ?? []).map(cell).join(''));
  for (const { level, rates: table } of styles) {
    console.log(`level ${level}: ${BOT_NAMES.join(', ')}`);
    for (const [row, name] of BOT_NAMES.entries())
      console.log(name.padStart(10) + (table[row] ?? []).map(cell).join(''));
  }
  for (const line of wrong) console.error(line);
}
if (wrong.length > 0) process.exitCode = 1;
