import { LEVELS } from '../../server/gm/levels';
import { type Decile, simulate } from '../../server/gm/testing/simulate';

/**
 * How often simulated players win, a tenth of them a row, with the director and without (every fight at the step's level):
 * `npm run bench:director -- --json --players 1000 --sway 50`. Players are data: a logistic curve of skill and level.
 */

const FIGHTS = 10;
const SEED = 7;

function numberAt(name: string, other: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const given = at < 0 ? Number.NaN : Number(process.argv[at + 1]);
  return Number.isFinite(given) ? given : other;
}

const players = numberAt('players', 1_000);
const step = { level: numberAt('level', 50), sway: numberAt('sway', 50) };
const began = performance.now();
const run = (isDirected: boolean) =>
  simulate({ table: LEVELS, players, fights: FIGHTS, step, isDirected, seed: SEED });
const directed = run(true);
const microseconds = ((performance.now() - began) * 1_000) / (players * FIGHTS);
const reference = run(false);

const percent = (share: number) => Math.round(share * 1_000) / 10;
const rowOf = ({ levels, first, later, possible, repeatedLines }: Decile, n: number) => ({
  players_at_level: levels.map(Math.round).join('–'),
  first_3_percent: percent(first),
  from_4th_percent: percent(later),
  possible_percent: possible.map(percent).toReversed().join('–'),
  repeated_lines: repeatedLines,
  without_director_percent: percent(reference[n]?.later ?? Number.NaN),
});
const rows = directed.map(rowOf);

if (process.argv.includes('--json'))
  console.log(
    JSON.stringify(
      { players, fights: FIGHTS, step, microsecondsAFight: Math.round(microseconds), rows },
      null,
      2,
    ),
  );
else console.table(rows);
