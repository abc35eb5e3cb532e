import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { Config } from '../config';
import { dataDirOwner } from '../db/embedded/data-lock';
import { runningDatabaseUrl } from '../db/embedded/running';
import { isLoopbackHost } from '../grpc/loopback';
import { isReachable } from '../upstream/reach';
import { targetAt } from '../upstream/target';
import { readIceUrl } from './server-urls';

/** One thing that was looked at. Nothing of it repeats a password or an address that may hold one. */
export interface Check {
  readonly name: string;
  /** `bad`: players will notice. */
  readonly state: 'ok' | 'warn' | 'bad';
  readonly says: string;
  readonly next?: string;
}

const ok = (name: string, says: string): Check => ({ name, state: 'ok', says });

/** The address that players open, and whether their browsers give its pages what they need. */
export function checkOrigin(config: Pick<Config, 'NEXTAUTH_URL'>, origin: URL): Check[] {
  const isNear = isLoopbackHost(origin.hostname);
  const isSafe = origin.protocol === 'https:' || isNear;
  const checks: Check[] = [];
  if (isSafe)
    checks.push(
      isNear && !config.NEXTAUTH_URL
        ? {
            name: 'address',
            state: 'warn',
            says: `${origin.origin}: nobody else can open it`,
            next: 'Set NEXTAUTH_URL to the address that players open, or give it with --origin.',
          }
        : ok('address', origin.origin),
    );
  else
    checks.push({
      name: 'address',
      state: 'warn',
      says: `${origin.origin} is not https: browsers give its pages no WebCrypto, so inputs are not signed, and cookies travel in the open`,
      next: 'Put a proxy with a certificate before it, and set NEXTAUTH_URL to the https address.',
    });
  checks.push(ok('cookies', origin.protocol === 'https:' ? '__Secure- and Secure' : 'plain, as over http'));
  return checks;
}

/** What TURN_URLS and TURN_SECRET say, before anybody is asked. */
export function checkTurn({ TURN_URLS, TURN_SECRET }: Pick<Config, 'TURN_URLS' | 'TURN_SECRET'>): Check[] {
  const name = 'TURN_URLS';
  if (TURN_URLS.length === 0)
    return [
      {
        ...{ name, state: 'warn', says: 'empty: between networks fights go through the arcade' },
        next: 'Run coturn (deploy/coturn) and set TURN_URLS and TURN_SECRET.',
      },
    ];
  const unread = TURN_URLS.filter((url) => !readIceUrl(url));
  if (unread.length > 0)
    return [
      {
        ...{
          name,
          state: 'bad',
          says: `no browser understands ${unread.join(', ')}: its pages get no connection at all`,
        },
        next: 'Write stun:host:port, turn:host:port?transport=udp or turns:host:port.',
      },
    ];
  const isTurn = TURN_URLS.some((url) => readIceUrl(url)?.kind === 'turn');
  if (isTurn && !TURN_SECRET)
    return [
      {
        ...{ name: 'TURN_SECRET', state: 'bad', says: 'is missing, so no player is given the TURN servers' },
        next: 'Set it to coturn’s static-auth-secret.',
      },
    ];
  return [ok(name, `${TURN_URLS.length} addresses`)];
}

/** Whether the database, Redis and the services elsewhere answer. */
export async function checkNeighbours(config: Config, withinMs: number): Promise<Check[]> {
  const grpc = [
    ['GAME_GRPC_ADDRESS', config.GAME_GRPC_ADDRESS],
    ['MATCH_GRPC_ADDRESS', config.MATCH_GRPC_ADDRESS],
    ['TRAINING_GRPC_ADDRESS', config.TRAINING_GRPC_ADDRESS],
    ['BACKEND_RESERVATION_GRPC_ADDRESS', config.BACKEND_RESERVATION_GRPC_ADDRESS],
    ['BACKEND_PAYMENT_GRPC_ADDRESS', config.BACKEND_PAYMENT_GRPC_ADDRESS],
  ] as const;
  const asked = grpc.flatMap(([name, addresses]) =>
    (addresses ?? '')
      .split(',')
      .filter((address) => address.trim() !== '')
      .map(async (address): Promise<Check> => {
        const target = targetAt(address.trim(), config.GRPC_USE_TLS);
        return (await isReachable(target, withinMs))
          ? ok(name, 'answers')
          : {
              ...{ name, state: 'bad', says: 'does not answer' },
              next: `Does it run, and is GRPC_USE_TLS (${config.GRPC_USE_TLS}) right for it?`,
            };
      }),
  );
  const redis = config.REDIS_URL === undefined ? [] : [checkRedis(config.REDIS_URL, withinMs)];
  return Promise.all([checkDatabase(config, withinMs), ...redis, ...asked]);
}

async function checkDatabase(config: Config, withinMs: number): Promise<Check> {
  const name = 'database';
  const isElsewhere = config.DATABASE_URL !== undefined;
  if (!isElsewhere && dataDirOwner(config.dataDir) === undefined)
    return {
      ...{ name, state: 'warn', says: 'the embedded one, which runs with the arcade: no arcade runs here' },
      next: 'Start the arcade, then ask again.',
    };
  let client: Client | undefined;
  try {
    const connectionString = config.DATABASE_URL ?? runningDatabaseUrl(config.dataDir);
    client = new Client({ connectionString, connectionTimeoutMillis: withinMs });
    client.on('error', () => undefined);
    await client.connect();
    const { rows } = await client.query('select 1 from "User" limit 1');
    return ok(name, rows.length > 0 ? 'answers' : 'answers; nobody has registered yet');
  } catch (error) {
    return {
      ...{ name, state: 'bad', says: `does not answer (${codeOf(error)})` },
      next: isElsewhere ? 'Look at DATABASE_URL.' : 'Look at the arcade’s log.',
    };
  } finally {
    await client?.end().catch(() => undefined);
  }
}

async function checkRedis(url: string, withinMs: number): Promise<Check> {
  const redis = new Redis(url, {
    ...{ lazyConnect: true, connectTimeout: withinMs, commandTimeout: withinMs },
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return ok('Redis', 'answers');
  } catch (error) {
    return {
      ...{ name: 'Redis', state: 'bad', says: `does not answer (${codeOf(error)})` },
      next: 'Look at REDIS_URL.',
    };
  } finally {
    redis.disconnect();
  }
}

/** Never the message, which may hold an address with a password. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
