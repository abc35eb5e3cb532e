import { startNodes } from '../server/signaling/testing/nodes';
import { upheaval } from '../server/signaling/testing/upheaval';

/**
 * An arcade of several real processes with a real Redis and a real database, whose nodes are killed or stopped and whose Redis
 * forgets everything while people meet, negotiate and fight: every fight goes on, and each session comes to one end.
 * `npm run proof:nodes -- --seed 1 --runs 20 --pairs 12 --nodes 3`
 */
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const first = option('seed', 1);
const runs = option('runs', 20);
const pairs = option('pairs', 12);

const arcade = await startNodes(option('nodes', 3));
let broken = 0;
for (let seed = first; seed < first + runs; seed += 1) {
  const began = performance.now();
  const findings = await upheaval(arcade, { seed, pairs });
  broken += findings.length;
  for (const finding of findings) console.log(finding);
  console.log(`seed ${seed}: ${pairs} fights, ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
await arcade.close();
console.log(broken === 0 ? 'Holds.' : `BROKEN: ${broken} findings.`);
process.exit(broken === 0 ? 0 : 1);
