import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A request as Node's server or the Fetch API gives it. */
export type AnyRequest = IncomingMessage | Request;

/** What the borders need to know about a request before they look at its body. */
export interface RequestFacts {
  /** The client's address, for rate limits: IPv4, or the /64 of an IPv6 address. */
  readonly address: string;
  /** Where the client reached us, such as `http://localhost:3000`. */
  readonly origin: string;
  /** True when a browser says that another site's page made the request. */
  readonly isCrossSite: boolean;
  /** The Cookie header as sent. */
  readonly cookie: string | undefined;
}

type HeaderReader = (name: string) => string | undefined;

function headerReader(req: AnyRequest): HeaderReader {
  const { headers } = req;
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined;
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
}

/** The proxy we trust appends at the end; whatever stands before was sent by the client. */
function lastOf(list: string | undefined): string | undefined {
  return list?.split(',').at(-1)?.trim() || undefined;
}

/** One client, one key: IPv4 inside IPv6 is unwrapped, IPv6 is cut to its /64, which one customer owns. */
export function normalizeAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const groups = [...left, ...middle, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}

function transport(req: AnyRequest): { address: string | undefined; proto: string | undefined } {
  if ('socket' in req)
    return { address: req.socket.remoteAddress, proto: req.socket instanceof TLSSocket ? 'https' : 'http' };
  // A Fetch request has no socket: its forwarding headers come from the platform that runs us.
  const header = headerReader(req);
  return { address: lastOf(header('x-forwarded-for')), proto: new URL(req.url).protocol.replace(':', '') };
}

function isOriginOf(candidate: string | undefined, allowed: readonly string[]): boolean {
  return candidate !== undefined && allowed.includes(candidate);
}

/**
 * True when the page that made the request belongs to us; also true without any page (a script).
 * @param allowedOrigins origins such as `https://arcade.example`.
 */
export function isSameSite(header: HeaderReader, allowedOrigins: readonly string[]): boolean {
  const origin = header('origin');
  const site = header('sec-fetch-site');
  // Browsers set Sec-Fetch-Site themselves, so it stands even where a proxy rewrites Host.
  if (site === 'same-origin' || site === 'none') return true;
  if (origin !== undefined) return isOriginOf(origin, allowedOrigins);
  return site === undefined;
}

/**
 * Reads the facts of a request.
 * @param trustProxy believe `X-Forwarded-*`: only when a proxy of ours stands in front and sets them.
 * @param publicUrl the configured address of the pages, if any: always one of ours.
 */
export function requestFacts(req: AnyRequest, trustProxy: boolean, publicUrl?: string): RequestFacts {
  const header = headerReader(req);
  const direct = transport(req);
  const forwarded = (name: string) => (trustProxy ? lastOf(header(name)) : undefined);
  const proto = (forwarded('x-forwarded-proto') ?? direct.proto) === 'https' ? 'https' : 'http';
  const host = forwarded('x-forwarded-host') ?? header('host') ?? 'localhost';
  const origin = `${proto}://${host}`;
  const allowed = publicUrl ? [origin, new URL(publicUrl).origin] : [origin];
  return {
    address: normalizeAddress(forwarded('x-forwarded-for') ?? direct.address ?? 'unknown'),
    origin,
    isCrossSite: !isSameSite(header, allowed),
    cookie: header('cookie'),
  };
}

/**
 * Replaces the `X-Forwarded-*` headers of a request by what is true, before Next sees it: next-auth and
 * the log-in limits read them, and a client may send what it likes.
 */
export function stampForwarded(req: IncomingMessage, trustProxy: boolean): void {
  const { origin } = requestFacts(req, trustProxy);
  const url = URL.canParse(origin) ? new URL(origin) : new URL('http://localhost');
  const believed = trustProxy ? lastOf(headerReader(req)('x-forwarded-for')) : undefined;
  req.headers['x-forwarded-for'] = believed ?? req.socket.remoteAddress ?? 'unknown';
  req.headers['x-forwarded-proto'] = url.protocol.replace(':', '');
  req.headers['x-forwarded-host'] = url.host;
  req.headers['x-forwarded-port'] = url.port || (url.protocol === 'https:' ? '443' : '80');
  delete req.headers.forwarded;
}

/**
 * Whether a page of this arcade opened the connection: of the public address where one is configured, else of the
 * request's own scheme and host. A page of the same host over plain http is another one.
 */
export function isOwnOrigin(
  headers: IncomingHttpHeaders,
  options: { publicUrl: string | undefined; trustProxy: boolean },
): boolean {
  const { origin } = headers;
  // Browsers leave Origin out of same-origin polling; this header they don't let a page set.
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
  if (options.publicUrl !== undefined) return new URL(options.publicUrl).origin === origin;
  const forwarded = (name: 'x-forwarded-host' | 'x-forwarded-proto') => {
    const value = options.trustProxy ? headers[name] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return (
    origin ===
    `${forwarded('x-forwarded-proto') ?? 'http'}://${forwarded('x-forwarded-host') ?? headers.host ?? ''}`
  );
}
