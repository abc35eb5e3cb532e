import { isIP } from 'node:net';
import { errors, Pool } from 'undici';
import type { ServiceName } from '../counts';
import { away, late, nonsense } from '../errors';
import type { HttpAddress } from './addresses';
import { decoded, UnreadableEncoding } from './encodings';

/** An answer may be so large, and no larger. Bytes. */
export const MOST_BYTES = 1 << 20;

export interface PoolsOptions {
  readonly service: ServiceName;
  /**
   * Connections to one address at once; null: as many as there are calls. The policy lets no more calls through: one that
   * waited for a connection here would still be sent when the breaker has opened meanwhile.
   */
  readonly connections: number | null;
  readonly connectMs: number;
  /** Above every deadline: it is the call's signal that ends a request. Milliseconds. */
  readonly patienceMs: number;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST';
  /** Below the address's base path, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** As they came over the wire. */
  readonly bytes: number;
}

type Found = string | { address: string; family: number }[];
/** Connects to one address of a name, and speaks to it by the name. */
const lookupOf =
  (ip: string) =>
  (
    _host: string,
    options: { all?: boolean },
    done: (error: Error | null, found: Found, family?: number) => void,
  ): void => {
    if (options.all) done(null, [{ address: ip, family: isIP(ip) }]);
    else done(null, ip, isIP(ip));
  };

/** The pools of kept connections to one service, one an address. Redirects are answers like any other: nobody follows them. */
export class HttpPools {
  readonly #options: PoolsOptions;
  readonly #pools = new Map<string, Pool>();

  constructor(options: PoolsOptions) {
    this.#options = options;
  }

  /** Keeps the pools of these addresses only; what is under way to another one may end. */
  keep(addresses: readonly HttpAddress[]): void {
    const kept = new Set(addresses.map(keyOf));
    for (const [key, pool] of this.#pools) {
      if (kept.has(key)) continue;
      this.#pools.delete(key);
      void pool.close();
    }
    for (const address of addresses) this.#pool(address);
  }

  /**
   * Asks, and reads the whole answer.
   * @param signal ends it
   * @throws {AppError} UNAVAILABLE (away, or nobody can read what came), TIMEOUT
   */
  async exchange(address: HttpAddress, question: HttpQuestion, signal: AbortSignal): Promise<HttpReply> {
    const pool = this.#pool(address);
    const { method, path, headers, body } = question;
    try {
      const answer = await pool.request({
        method,
        path: `${address.basePath}${path}`,
        headers,
        body,
        signal,
      });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const text = await decoded(bytes, answer.headers['content-encoding'], MOST_BYTES);
      return { status: answer.statusCode, headers: answer.headers, text, bytes: bytes.length };
    } catch (error) {
      throw this.#failureOf(error, signal);
    }
  }

  /** Whether a connection to an address is open at the moment. */
  isConnected(address: HttpAddress): boolean {
    return (this.#pools.get(keyOf(address))?.stats.connected ?? 0) > 0;
  }

  async close(): Promise<void> {
    const open = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(open.map((pool) => pool.destroy()));
  }

  #failureOf(error: unknown, signal: AbortSignal): Error {
    const { service } = this.#options;
    if (signal.aborted) return late(service);
    if (
      error instanceof errors.ResponseExceededMaxSizeError ||
      error instanceof errors.HTTPParserError ||
      error instanceof UnreadableEncoding
    )
      return nonsense(service, error);
    if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
      return late(service);
    return away(service, { cause: error });
  }

  #pool(address: HttpAddress): Pool {
    const key = keyOf(address);
    const known = this.#pools.get(key);
    if (known) return known;
    const { connections, connectMs, patienceMs } = this.#options;
    const pinned = address.ip === undefined ? {} : { lookup: lookupOf(address.ip) };
    const pool = new Pool(address.origin, {
      connections,
      pipelining: 1,
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
      maxResponseSize: MOST_BYTES,
      connect: { timeout: connectMs, ...pinned },
    });
    this.#pools.set(key, pool);
    return pool;
  }
}

const keyOf = ({ origin, ip }: HttpAddress): string => `${origin} ${ip ?? ''}`;
