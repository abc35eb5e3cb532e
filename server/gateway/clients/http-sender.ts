import { randomUUID } from 'node:crypto';
import { AppError, type ErrorCode } from '../../errors';
import type { ServiceName } from '../../upstream/counts';
import { away, late, nonsense } from '../../upstream/errors';
import type { Try } from '../../upstream/tries';
import type { HttpAddress } from '../../upstream/web/addresses';
import { HttpPools } from '../../upstream/web/pools';
import { ourWords } from '../../upstream/words';
import type { Answer } from '../operation';
import type { HasKey, Remote } from './remote';

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

/** Asks a service over HTTP: one pool of kept connections an address. */
export class HttpSender {
  readonly #service: ServiceName;
  readonly #pools: HttpPools;

  constructor(service: ServiceName) {
    this.#service = service;
    this.#pools = new HttpPools({
      service,
      connections: null,
      connectMs: CONNECT_MS,
      patienceMs: PATIENCE_MS,
    });
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
    const { status, text } = await this.#pools.exchange(
      endpoint,
      {
        method,
        path: `${path}${search === '' ? '' : `?${search}`}`,
        headers: payload === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: payload === undefined ? null : JSON.stringify(payload),
      },
      signal,
    );
    return this.#read(remote, request, status, text);
  }

  close(): Promise<void> {
    return this.#pools.close();
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
