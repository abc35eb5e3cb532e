import { parseArgs } from 'node:util';
import * as msgpack from 'socket.io-msgpack-parser';
import { logInAsGuest } from './log-in';
import { runProgram } from './program';

/** `npx tsx examples/headless-client/fight.ts --help` */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    token: { type: 'string' },
    challenge: { type: 'string' },
    character: { type: 'string', default: '1' },
    level: { type: 'string', default: '55' },
    msgpack: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(
    [
      'Fights one match in an arcade and prints how it went.',
      '  --url U        where the arcade is (http://localhost:3000)',
      '  --token T      a signaling token; without one it comes as a guest',
      '  --challenge N  challenges whoever is called N; without it, it accepts whoever challenges it',
      '  --character C  1 to 3',
      '  --level L      how well it plays, 0 to 100; "none" stands still',
      '  --msgpack      speaks msgpack instead of JSON',
    ].join('\n'),
  );
  process.exit(0);
}

const { token } = values;
const getToken = token === undefined ? (await logInAsGuest(values.url)).signalToken : async () => token;
const { verdict, end, route, rolledBack } = await runProgram({
  url: values.url,
  getToken,
  challenge: values.challenge,
  characterId: Number(values.character),
  level: values.level === 'none' ? undefined : Number(values.level),
  ...(values.msgpack ? { msgpack } : {}),
  log: (line) => console.error(line),
});
console.log(JSON.stringify({ ...verdict, own: end ?? null, route, rolledBack }));
// What node-datachannel has running keeps a process alive.
process.exit(0);
