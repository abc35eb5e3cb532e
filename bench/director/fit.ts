import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * How hard levels are, from how often they beat each other (Bradley & Terry, 1952): reads what `npm run bench:levels -- --json`
 * prints and prints what `server/gm/levels.json` holds. `npm run -s bench:levels -- --json | npm run -s fit:levels > server/gm/levels.json`
 */

/** Half a match won and half lost by everybody against everybody: who always wins is not infinitely better. */
const HALF = 0.5;
const ROUNDS = 4_000;
const RATE = 0.02;
/** Neighbours are no closer than this, so that a higher level is never an easier one. Logits. */
const LEAST_STEP = 0.05;
/**
 * How much of it holds for people, who are less even than bots: a guess until there are fights to measure. With anything from 0.4
 * to 1.7 times the truth the director still keeps its aim.
 */
const OF_PEOPLE = 0.6;
/** The level whose difficulty is 0: near the middle of the road. */
const MIDDLE = 50;

const measured = z
  .object({
    seeds: z.number(),
    levels: z.array(z.number()).min(2),
    /** In thousandths: how often the row beats the column. */
    rates: z.array(z.array(z.number())),
  })
  .parse(JSON.parse(readFileSync(0, 'utf8')));

const { levels, seeds } = measured;
const chanceOf = (logits: number): number => 1 / (1 + Math.exp(-logits));
/** Of a row against a column, as if half a match more had been won and lost. */
const shareOf = (row: number, column: number): number =>
  (((measured.rates[row]?.[column] ?? 500) / 1_000) * seeds + HALF) / (seeds + 2 * HALF);

const logits = levels.map((level) => (level - MIDDLE) / 10);
for (let round = 0; round < ROUNDS; round += 1) {
  const slopes = logits.map((own, row) =>
    logits.reduce(
      (sum, other, column) => (row === column ? sum : sum + shareOf(row, column) - chanceOf(own - other)),
      0,
    ),
  );
  for (const [row, slope] of slopes.entries())
    logits[row] = (logits[row] ?? 0) + RATE * slope * levels.length;
}
for (let row = 1; row < logits.length; row += 1)
  logits[row] = Math.max(logits[row] ?? 0, (logits[row - 1] ?? 0) + LEAST_STEP);

const middle = logits[levels.findIndex((level) => level >= MIDDLE)] ?? 0;
console.log(
  JSON.stringify(
    levels.map((level, row) => [level, Math.round(100 * OF_PEOPLE * ((logits[row] ?? 0) - middle)) / 100]),
  ),
);
