import { type Fault, medianOf, simulateHour } from '../server/upstream/testing/simulated-traffic';

/**
 * How often equal arms are taken for different ones in simulated hours of 36,000 calls with bursts and drift (at most
 * 1 % of them may be), and after how many calls of the new arm a fault is told (2,000 at the median, or fewer).
 * Seeded: `--hours=N`, `--seed=N`.
 */
const option = (name: string, otherwise: number) =>
  Number(process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
const hours = option('hours', 10_000);
const seed = option('seed', 1);
const SHARES = [0.05, 0.1, 0.25, 0.5] as const;
const FAULTS: readonly Fault[] = ['twice as slow', 'twice the tail', 'one percent errors'];
/** Enough calls that a share of 5 % has 2,000 in what is left after the fault began. */
const LONG = 120_000;

const began = performance.now();
let falseAlarms = 0;
for (let index = 0; index < hours; index += 1) {
  const share = SHARES[index % SHARES.length] ?? 0.5;
  const told = simulateHour({
    seed: seed + index,
    fault: 'none',
    from: 0,
    share,
    calls: 36_000,
    errorBursts: true,
  });
  if (told !== undefined) falseAlarms += 1;
}
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
console.log(`Equal arms: ${falseAlarms} false fall backs in ${hours} hours (seed ${seed}, ${seconds} s).`);

let isCaught = true;
for (const fault of FAULTS)
  for (const from of [0, 0.5])
    for (const share of SHARES) {
      const told = Array.from({ length: 101 }, (_, index) =>
        simulateHour({ seed: seed + 1_000_000 + index, fault, from, share, calls: LONG, errorBursts: false }),
      );
      const median = medianOf(told);
      const when = from === 0 ? 'from the start' : 'after half an hour';
      console.log(
        `${fault}, ${when}, share ${share * 100} %: told after ${median} calls of the new arm (median of 101).`,
      );
      isCaught &&= median <= 2_000;
    }

const isRare = falseAlarms <= hours / 100;
console.log(isRare && isCaught ? 'Holds.' : 'BROKEN.');
process.exitCode = isRare && isCaught ? 0 : 1;
