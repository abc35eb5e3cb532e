import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { errors, Pool } from 'undici';
import { AppError, type ErrorCode } from '../../errors';
import type { ServiceName } from '../../upstream/counts';
import { away, late, nonsense } from '../../upstream/errors';
import type { Try } from '../../upstream/tries';
import { ourWords } from '../../upstream/words';
import type { Answer } from '../operation';
import type { HttpAddress } from './addresses';
import type { HasKey, Remote } from './remote';

/** An answer may be so large, and no larger. Bytes. */
const MOST_BYTES = 1 << 20;
const CONNECT_MS = 1_000;
/** Above every deadline: it is the call's signal that ends a request. Milliseconds. */
const PATIENCE_MS = 30_000;

/** What is no refusal of the domain is told by rejecting, as by gRPC's status. */
const REJECTED: Readonly<Record<number, ErrorCode>> = {
  401: 'UNAUTHENTICATED',
  413: 'TOO_LARGE',
  429: 'RATE_LIMITED',
  501: 'UNIMPLEMENTED',
};

function poolTo({ origin, ip }: HttpAddress): Pool {
  const pinned = ip === undefined ? {} : { lookup: lookupOf(ip) };
  return new Pool(origin, {
    // As many as there are calls under way, which the policy bounds: one that waited for a connection here would still
    // be sent when the breaker has opened meanwhile.
    connections: null,
    pipelining: 1,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    maxResponseSize: MOST_BYTES,
    connect: { timeout: CONNECT_MS, ...pinned },
  });
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

function failureOf(service: ServiceName, error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return late(service);
  if (error instanceof errors.ResponseExceededMaxSizeError || error instanceof errors.HTTPParserError)
    return nonsense(service, error);
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return late(service);
  return away(service, { cause: error });
}

/** Asks a service over HTTP: one pool of kept connections an address. */
export class HttpSender {
  readonly #service: ServiceName;
  readonly #pools = new Map<string, Pool>();

  constructor(service: ServiceName) {
    this.#service = service;
  }

  /** @throws {AppError} for what is no refusal of the domain */
  async send<Request extends HasKey, Response extends Answer>(
    remote: Remote<Request, Response>,
    request: Request,
    along: Readonly<Record<string, string>>,
    { endpoint, signal }: Try<HttpAddress>,
  ): Promise<Response> {
    const { method, path, query = {}, body } = remote.http.write(request);
    const headers = method === 'POST' ? keyed(along, request) : along;
    const search = new URLSearchParams(query).toString();
    const action = headers['payment-action'];
    const payload = action === undefined || typeof body !== 'object' ? body : { ...body, action };
    let status: number;
    let text: string;
    try {
      const answer = await this.#pool(endpoint).request({
        method,
        path: `${endpoint.basePath}${path}${search === '' ? '' : `?${search}`}`,
        headers: payload === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: payload === undefined ? null : JSON.stringify(payload),
        signal,
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (error) {
      throw failureOf(this.#service, error, signal);
    }
    return this.#read(remote, request, status, text);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }

  #read<Request, Response extends Answer>(
    { http, failed }: Remote<Request, Response>,
    request: Request,
    status: number,
    text: string,
  ): Response {
    const service = this.#service;
    const body = jsonOf(text);
    if (status >= 200 && status < 300) {
      try {
        return http.read(body, request);
      } catch (error) {
        throw nonsense(service, error);
      }
    }
    if (status < 400) throw nonsense(service, new Error(`status ${status}`));
    if (status === 504) throw late(service);
    if (status === 502 || status === 503) throw away(service);
    const code = REJECTED[status] ?? (status >= 500 ? 'INTERNAL' : undefined);
    if (code !== undefined) throw new AppError(code, ourWords(service, code), { detail: { status } });
    return failed(http.readError(status, body));
  }

  #pool(address: HttpAddress): Pool {
    const key = `${address.origin} ${address.ip ?? ''}`;
    const known = this.#pools.get(key);
    if (known) return known;
    const pool = poolTo(address);
    this.#pools.set(key, pool);
    return pool;
  }
}

/** Over HTTP a write needs a key: the message's own, or a new one where the caller, over gRPC, gave none. */
function keyed(
  along: Readonly<Record<string, string>>,
  { idempotency_key }: HasKey,
): Readonly<Record<string, string>> {
  return { ...along, 'idempotency-key': along['idempotency-key'] || idempotency_key || randomUUID() };
}

function jsonOf(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
