import { setMaxListeners } from 'node:events';
import { logInAsGuest } from '../../examples/headless-client/log-in';
import { ATTACKS } from './attacks';

/** One attack in a process of its own, so that what it costs the attacker slows nobody else: origin, name, seconds. */
const [origin = '', name = '', seconds = ''] = process.argv.slice(2);
const attack = ATTACKS.get(name);
if (!attack) throw new Error(`There is no attack "${name}".`);
const end = new AbortController();
setMaxListeners(0, end.signal);
const guest = await logInAsGuest(origin);
setTimeout(() => end.abort(), Number(seconds) * 1_000);
console.log(await attack({ origin, token: guest.signalToken }, end.signal));
process.exit(0);
