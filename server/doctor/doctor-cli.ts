import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { processEnvironment } from '../environment';
import { examine } from './examine';
import { printed } from './print';

const USAGE = `Usage: npm run doctor -- [--origin https://arcade.example] [--json] [--ca file.pem] [--seconds 4]
Tells what players behind strict networks will meet, with the environment that the arcade runs with.
Ends with 1 when somebody would meet nothing, with 2 when it is not understood.`;

/** `npm run doctor`: looks and changes nothing. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      origin: { type: 'string' },
      json: { type: 'boolean', default: false },
      ca: { type: 'string' },
      seconds: { type: 'string', default: '4' },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 60)) throw new TypeError('--seconds is more than 0 and at most 60');
  if (values.origin !== undefined && !/^https?:\/\//.test(values.origin))
    throw new TypeError('--origin is http(s)://host[:port]');
  const report = await examine(processEnvironment(), {
    origin: values.origin,
    withinMs: seconds * 1_000,
    ca: values.ca === undefined ? undefined : readFileSync(values.ca, 'utf8'),
  });
  console.log(values.json ? JSON.stringify(report, null, 2) : printed(report));
  return report.isWell ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 2;
}
