import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IceUrl } from './server-urls';
import { type Credentials, TurnClient } from './turn/client';
import type { Address } from './turn/message';

/** What became of asking one STUN or TURN server. */
export interface RelayReport extends IceUrl {
  /** It does what players need of it: tells an address, or carries packets. */
  readonly works: boolean;
  /** The IP address that answered. */
  readonly server?: string;
  /** What was wrong, or that nothing was, for an operator. */
  readonly says: string;
  /** What to do about it. */
  readonly next?: string;
  /** Private addresses that it would carry packets to: a door into the network that it stands in. */
  readonly open?: readonly string[];
}

export interface RelayOptions {
  readonly withinMs: number;
  readonly ca?: string | undefined;
  /** Names as REST credentials have them; undefined without TURN_SECRET. */
  credentials(): Credentials | undefined;
}

type Finding = Pick<RelayReport, 'works' | 'says' | 'next' | 'open'>;

/** Where a relay must not lead (deploy/coturn/turnserver.conf denies more). */
const PRIVATE = {
  ipv4: ['10.0.0.1', '100.64.0.1', '127.0.0.2', '169.254.169.254', '172.16.0.1', '192.168.0.1'],
  ipv6: ['::1', 'fd00::1', 'fe80::1'],
} as const;

/** Asks one server, as a player's browser would. Never rejects. */
export async function askRelay(ice: IceUrl, options: RelayOptions): Promise<RelayReport> {
  let found: Finding = {
    works: false,
    says: 'the name leads nowhere',
    next: `Look at the DNS of ${ice.host}.`,
  };
  for (const { address: ip } of await lookup(ice.host, { all: true }).catch(() => [])) {
    const server = { ip, port: ice.port };
    found = await (ice.kind === 'stun' ? askBinding : askAllocation)(ice, server, options).catch(
      (error: unknown) => faultOf(ice, error),
    );
    if (found.works) return { ...ice, ...found, server: ip };
  }
  return { ...ice, ...found };
}

function open(
  { transport, host: name }: IceUrl,
  server: Address,
  options: RelayOptions,
): Promise<TurnClient> {
  const { withinMs, ca } = options;
  const credentials = options.credentials();
  return TurnClient.open({ server, transport, name, ca, withinMs, ...(credentials ? { credentials } : {}) });
}

async function askBinding(ice: IceUrl, server: Address, options: RelayOptions): Promise<Finding> {
  const client = await open(ice, server, options);
  try {
    const seen = await client.bind();
    return seen
      ? { works: true, says: `sees this machine as ${seen.ip}` }
      : { works: false, says: 'answers without an address', next: 'Is it a STUN server?' };
  } finally {
    client.close();
  }
}

async function askAllocation(ice: IceUrl, server: Address, options: RelayOptions): Promise<Finding> {
  if (!options.credentials())
    return { works: false, says: 'is given to nobody', next: 'Set TURN_SECRET to its static-auth-secret.' };
  const clients: TurnClient[] = [];
  const opened = async () => {
    const client = await open(ice, server, options);
    clients.push(client);
    return client;
  };
  try {
    const [one, two] = [await opened(), await opened()];
    const mine = await one.allocate();
    if (typeof mine === 'number') return refusalOf(mine);
    const open_ = await findOpen(one, mine);
    const theirs = await two.allocate();
    const carries = typeof theirs !== 'number' && (await carry([one, mine], [two, theirs], options.withinMs));
    const doors = open_.length > 0 ? { open: open_ } : {};
    if (carries) return { works: true, says: `carries packets by ${mine.ip}`, ...doors };
    return {
      works: false,
      says: `allocates ${mine.ip}, but carries no packet from there to itself`,
      next: 'Open its relay ports (min-port to max-port, UDP) in the firewall, set external-ip, and allow it as its own peer.',
      ...doors,
    };
  } finally {
    for (const client of clients) {
      await client.release().catch(() => undefined);
      client.close();
    }
  }
}

/** Private addresses that the relay lets in as peers. */
async function findOpen(client: TurnClient, relayed: Address): Promise<string[]> {
  const found: string[] = [];
  for (const ip of PRIVATE[isIPv6(relayed.ip) ? 'ipv6' : 'ipv4'])
    if ((await client.permit({ ip, port: 80 })) === 0) found.push(ip);
  return found;
}

/** Whether a packet goes from one allocation to the other, as in a fight of two behind strict networks. */
async function carry(
  [one, mine]: readonly [TurnClient, Address],
  [two, theirs]: readonly [TurnClient, Address],
  withinMs: number,
): Promise<boolean> {
  if ((await one.permit(theirs)) !== 0 || (await two.permit(mine)) !== 0) return false;
  const until = Date.now() + withinMs;
  while (two.heard.length === 0 && Date.now() < until) {
    one.send(theirs, 'a packet of the doctor');
    await sleep(100);
  }
  return two.heard.length > 0;
}

/** Why there is no allocation (RFC 8656, 19). */
function refusalOf(code: number): Finding {
  const known: Readonly<Record<number, Omit<Finding, 'works'>>> = {
    0: { says: 'allocates no address', next: 'Look at its relay-ip and external-ip.' },
    401: {
      says: 'does not take the credentials',
      next: 'TURN_SECRET has to be its static-auth-secret; and both clocks have to be right.',
    },
    403: { says: 'forbids allocations', next: 'Look at the server’s access rules.' },
    442: { says: 'relays no UDP', next: 'Let it relay UDP (remove no-udp-relay).' },
    486: { says: 'has no allocation left for one player', next: 'Raise user-quota, or wait some minutes.' },
    508: { says: 'has no port left', next: 'Raise total-quota, or widen min-port to max-port.' },
  };
  return { works: false, ...(known[code] ?? { says: `refuses with ${code}`, next: 'Look at its log.' }) };
}

const MESSAGES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ECONNRESET: 'the connection is cut',
};

function faultOf({ transport, port }: IceUrl, error: unknown): Finding {
  const { code = '', message } = error instanceof Error ? errorOf(error) : { message: String(error) };
  if (/CERT|SELF_SIGNED|ALTNAME|ISSUER|SIGNATURE/.test(code))
    return {
      works: false,
      says: `has a certificate that browsers refuse (${code})`,
      next: 'Give it a certificate of an authority that browsers trust, for this name (cert= and pkey=).',
    };
  const isSilent = message === 'no answer' || code === 'ABORT_ERR';
  const protocol = transport === 'udp' ? 'UDP' : 'TCP';
  return {
    works: false,
    says: isSilent ? 'does not answer' : (MESSAGES[code] ?? message),
    next: `Does the server run, and does its firewall let ${protocol} ${port} in?`,
  };
}

function errorOf(error: Error): { code: string; message: string } {
  // An aborted wait tells why only in its cause.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, message: error.message };
}
