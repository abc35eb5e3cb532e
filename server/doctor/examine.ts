import { type Config, ConfigError, loadConfig } from '../config';
import { iceServersFor } from '../signaling/ice';
import { type Check, checkNeighbours, checkOrigin, checkTurn } from './checks';
import { isSomebodyLeftOut, type Outlook, outlooks } from './networks';
import { askRelay, type RelayReport } from './relays';
import { readIceUrl } from './server-urls';
import { askSocket } from './socket';

/** What the doctor has found. */
export interface Report {
  /** False when the configuration is not valid, or somebody would meet nothing. */
  readonly isWell: boolean;
  readonly checks: readonly Check[];
  readonly servers: readonly RelayReport[];
  readonly outlooks: readonly Outlook[];
}

export interface ExamineOptions {
  /** The address that players open; NEXTAUTH_URL, else the one that is listened at. */
  readonly origin?: string | undefined;
  /** How long each answer may take. */
  readonly withinMs?: number;
  /** Certificates to be trusted beside the system's own, PEM. */
  readonly ca?: string | undefined;
}

/** Whom the credentials are made for: nobody's id has a dot. */
const DOCTOR = 'the.doctor';

/**
 * Looks at a configuration and at everything that it names, the way players' browsers do. Changes nothing.
 * @param env the arcade's environment
 */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  { origin, withinMs = 4_000, ca }: ExamineOptions = {},
): Promise<Report> {
  let config: Config;
  try {
    config = loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const check: Check = { name: 'configuration', state: 'bad', says: error.message };
    return { isWell: false, checks: [check], servers: [], outlooks: [] };
  }
  const address = new URL(origin ?? config.NEXTAUTH_URL ?? `http://${hostIn(config.HOST)}:${config.PORT}`);
  const [socket, servers, neighbours] = await Promise.all([
    askSocket(config.SIGNALING_URL ?? address.origin, address.origin, { withinMs, ca }),
    askServers(config, { withinMs, ca }),
    checkNeighbours(config, withinMs),
  ]);
  const rows = outlooks({ socket, port: portOf(address), servers });
  return {
    isWell: !isSomebodyLeftOut(rows),
    checks: [
      { name: 'configuration', state: 'ok', says: 'valid' },
      ...checkOrigin(config, address),
      ...neighbours,
      ...checkTurn(config),
      {
        name: 'WebSocket',
        state: socket.works ? 'ok' : 'bad',
        says: socket.works ? 'opens; the relay of last resort goes over it' : socket.says,
      },
    ],
    servers,
    outlooks: rows,
  };
}

/** One after another: each opens two allocations, and a player has a quota. */
async function askServers(
  { TURN_URLS: urls, TURN_SECRET: secret }: Config,
  options: { readonly withinMs: number; readonly ca: string | undefined },
): Promise<RelayReport[]> {
  const credentials = () => {
    const given = iceServersFor(DOCTOR, { urls, secret }, Date.now()).find(({ username }) => username);
    return given && { username: given.username ?? '', password: given.credential ?? '' };
  };
  const reports: RelayReport[] = [];
  for (const ice of urls.flatMap((url) => readIceUrl(url) ?? []))
    reports.push(await askRelay(ice, { ...options, credentials }));
  return reports;
}

/** Who listens everywhere is asked here. */
function hostIn(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

const portOf = ({ port, protocol }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80);
