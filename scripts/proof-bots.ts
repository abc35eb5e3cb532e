import { MATCH_UPS, winsOf } from '../engine/bots/testing/duel';
import { characterById } from '../engine/fighter/characters/roster';

/**
 * Lets each strength of opponent fight the one below it, both seeing ten frames late, the sides taken in turn:
 * `npm run proof:bots [-- --seeds 500]`. Fails unless the stronger wins at least 80 % in every match-up.
 */
const option = process.argv.indexOf('--seeds');
const seeds = option < 0 ? 500 : Number(process.argv[option + 1]);
if (!Number.isInteger(seeds) || seeds < 1) throw new RangeError(`--seeds takes a positive number`);

const PAIRS = [
  ['normal', 'easy'],
  ['hard', 'normal'],
] as const;
const LEAST_SHARE = 0.8;
let isEnough = true;

console.log(`${seeds} seeds a match-up, wins of the stronger (a draw is none)`);
for (const [stronger, weaker] of PAIRS) {
  for (const characters of MATCH_UPS) {
    const wins = winsOf(stronger, weaker, characters, 0, seeds);
    const names = characters.map((id) => characterById(id).slug);
    const share = wins / seeds;
    isEnough &&= share >= LEAST_SHARE;
    console.log(
      `${stronger} ${names[0]} against ${weaker} ${names[1]}`.padEnd(40),
      `${wins}`.padStart(5),
      `${(share * 100).toFixed(1)} %`.padStart(8),
    );
  }
}
if (!isEnough) {
  console.error(`A strength wins less than ${LEAST_SHARE * 100} % in a match-up.`);
  process.exit(1);
}
