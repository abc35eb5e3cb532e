/** What a player behind each kind of network will meet. Pure: from what was found to the table. */

export const NETWORKS = ['open', 'symmetric', 'udp_blocked', 'only_443'] as const;
export type Network = (typeof NETWORKS)[number];

/** How two fight: by themselves, through TURN, through the arcade, or not at all. */
export type Meeting = 'direct' | 'turn' | 'server' | 'nothing';

/** What decides it. */
export interface Findings {
  /** Signaling answers over a WebSocket through the public address: also the relay of last resort. */
  readonly socket: { readonly works: boolean; readonly says: string };
  /** Port of that address. */
  readonly port: number;
  readonly servers: readonly {
    readonly kind: 'stun' | 'turn';
    readonly transport: 'udp' | 'tcp' | 'tls';
    readonly port: number;
    readonly works: boolean;
  }[];
}

export interface Outlook {
  readonly network: Network;
  readonly meets: Meeting;
  readonly because: string;
  /** What would make it better; undefined where nothing would. */
  readonly next?: string;
}

/** A row for each network, for two players of whom the one with the stricter network is in it. */
export function outlooks(found: Findings): Outlook[] {
  return NETWORKS.map((network) => {
    if (!found.socket.works)
      return {
        network,
        meets: 'nothing',
        because: `the arcade can't be reached: ${found.socket.says}`,
        next: 'Let WebSockets through to the arcade (Upgrade and Connection headers, /ws/signal).',
      };
    return { network, ...OF[network](found) };
  });
}

type Row = Omit<Outlook, 'network'>;

const works = ({ servers }: Findings, kind: 'stun' | 'turn', ...transports: string[]) =>
  servers.find((one) => one.works && one.kind === kind && transports.includes(one.transport));

const LAST_RESORT = 'the relay of last resort, over the WebSocket';

function relayed(found: Findings, transports: readonly string[], next: string): Row {
  const turn = works(found, 'turn', ...transports);
  if (turn)
    return {
      meets: 'turn',
      because: `TURN over ${turn.transport.toUpperCase()} ${turn.port} carries packets`,
    };
  return { meets: 'server', because: LAST_RESORT, next };
}

const OF: Readonly<Record<Network, (found: Findings) => Row>> = {
  open(found) {
    // A TURN server over UDP tells the address, too.
    const teller = works(found, 'stun', 'udp') ?? works(found, 'turn', 'udp');
    if (teller) return { meets: 'direct', because: `${teller.kind.toUpperCase()} tells each its address` };
    const row = relayed(found, ['tcp', 'tls'], 'Name a STUN or TURN server in TURN_URLS (deploy/coturn).');
    return {
      ...row,
      because: `no STUN server over UDP: only two in one network meet directly; else ${row.because}`,
    };
  },
  symmetric: (found) =>
    relayed(
      found,
      ['udp', 'tcp', 'tls'],
      'Run a TURN server (deploy/coturn), for less lag than through the arcade.',
    ),
  udp_blocked: (found) =>
    relayed(found, ['tcp', 'tls'], 'Add turn:<host>:3478?transport=tcp or turns:<host>:443 to TURN_URLS.'),
  only_443(found) {
    if (found.port !== 443)
      return {
        meets: 'nothing',
        because: `the arcade is served at port ${found.port}`,
        next: 'Serve it at https, port 443 (NEXTAUTH_URL).',
      };
    const on443 = { ...found, servers: found.servers.filter(({ port }) => port === 443) };
    return relayed(
      on443,
      ['tls'],
      'Let coturn listen for TLS on 443 of an address of its own, and add turns:<host>:443.',
    );
  },
};

/** Whether somebody can't fight at all. */
export const isSomebodyLeftOut = (rows: readonly Outlook[]): boolean =>
  rows.some(({ meets }) => meets === 'nothing');
