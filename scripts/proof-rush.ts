import { parseArgs } from 'node:util';
import { rush } from '../e2e/rush/rush';

/**
 * `npm run proof:rush -- [--people 5000] [--seats 512] [--runs 1] [--seed 1]`: rushes on a tournament while its services
 * are killed. Ends with code 1 when anything was lost, oversold, out of order or paid for nothing.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    seats: { type: 'string', default: '512' },
    runs: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '600' },
  },
});

let failed = 0;
for (let run = 0; run < Number(values.runs); run++) {
  const seed = Number(values.seed) + run;
  const people = Number(values.people);
  const report = await rush({
    people,
    seats: Number(values.seats),
    fee: 10,
    seed,
    opensIn: Math.max(10, people / 200),
    arriveIn: 20,
    admissionsPerMinute: 1_200,
    limit: Number(values.limit),
    say: (line) => console.log(`  ${line}`),
  });
  console.log(JSON.stringify({ seed, people, ...report }, null, 2));
  const isGood = report.faults.length === 0 && report.confirmed === report.seats;
  if (!isGood) failed += 1;
}
console.log(failed === 0 ? 'Nothing was lost.' : `${failed} of ${values.runs} runs lost something.`);
process.exitCode = failed === 0 ? 0 : 1;
