import { botOf } from '../../server/arcade/testing/bot-fights';
import { type ClimbedDecile, climbAll } from '../../server/arcade/testing/climbs';
import { LEVELS } from '../../server/gm/levels';
import { bundledLadders } from '../../server/ladders/bundled';

/**
 * How often players win who climb the ladders of the arcade, a tenth of them a row, with the director and without (every fight at
 * the step's level): `npm run bench:director -- --json --players 1000`. Players are data: a logistic curve of skill and level.
 * With `--fights` they are bots of the fighter, fewer of them, and every fight is fought: it shows how near the curve is.
 */

const SEED = 7;
/** What is to be held from the fourth fight on, in every tenth. */
const HELD = [0.55, 0.7] as const;

function numberAt(name: string, other: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const given = at < 0 ? Number.NaN : Number(process.argv[at + 1]);
  return Number.isFinite(given) ? given : other;
}

const isFought = process.argv.includes('--fights');
const players = numberAt('players', isFought ? 100 : 1_000);
const percent = (share: number) => Math.round(share * 1_000) / 10;
const isHeld = ({ later }: ClimbedDecile) => later >= HELD[0] && later <= HELD[1];

const tables = bundledLadders().all.map((ladder) => {
  const setting = { table: LEVELS, ladder, players, seed: SEED, ...(isFought ? { fightOf: botOf } : {}) };
  const began = performance.now();
  const directed = climbAll({ ...setting, isDirected: true });
  const fights = directed.reduce((sum, one) => sum + one.fights, 0);
  const microsecondsAFight = Math.round(((performance.now() - began) * 1_000) / fights);
  const reference = isFought ? [] : climbAll({ ...setting, isDirected: false });
  const rows = directed.map((decile, n) => ({
    players_at_level: decile.levels.map(Math.round).join('–'),
    first_3_percent: percent(decile.first),
    from_4th_percent: percent(decile.later),
    expected_percent: percent(decile.expected),
    by_half_percent: decile.halves.map(percent).join(', '),
    mean_level: Math.round(decile.level),
    holds: isHeld(decile),
    repeated_lines: decile.repeated,
    ...(reference[n] ? { without_director_percent: percent(reference[n].later) } : {}),
  }));
  return { ladder: ladder.title, players, fights, microsecondsAFight, holds: directed.every(isHeld), rows };
});

if (process.argv.includes('--json')) console.log(JSON.stringify(tables, null, 2));
else
  for (const { rows, ...table } of tables) {
    console.log(
      `${table.ladder}: ${players} climbs, ${table.fights} fights, ${table.microsecondsAFight} µs each; ` +
        `${table.holds ? 'every tenth is' : 'not every tenth is'} within ${HELD.map(percent).join(' to ')} % from the fourth fight on`,
    );
    console.table(rows);
  }
// So few fights as bots have time for prove nothing either way.
if (!isFought && !tables.every(({ holds }) => holds)) process.exitCode = 1;
