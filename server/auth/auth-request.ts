import { isIP } from 'node:net';
import { parseCookie } from 'cookie';
import { AppError } from '../errors';

/** next-auth refuses these with a 500 when they are no addresses; for us they are the sender's mistake. */
const CALLBACK_COOKIES = ['__Secure-next-auth.callback-url', 'next-auth.callback-url'];
const CONTROL = /\p{Cc}/u;
const ASCII = /^\p{ASCII}*$/u;
const MAX_BODY_CHARACTERS = 64_000;

/** Names that no stranger can own: loopback, addresses, names without a domain, and those kept for private networks. */
const PRIVATE_NAMES = /^(localhost|[^.]+|.+\.(localhost|local|lan|home|internal|home\.arpa|test))$/;

/** Where the request says that it was sent; our server has put the truth into the forwarding headers. */
function hostOf(request: Request): string {
  return request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? '';
}

/**
 * Whether a log-in may build addresses from this host. Without a public address next-auth takes them from the
 * request, and a name that somebody else owns would lead the log-in's redirects to them.
 */
export function isOwnHost(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  const { hostname, host: parsed } = new URL(`http://${host}`);
  // Anything but host and port is not a Host header.
  if (parsed !== host.toLowerCase() && `${parsed}:80` !== host.toLowerCase()) return false;
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || PRIVATE_NAMES.test(hostname);
}

function isAddress(text: string): boolean {
  // next-auth's own question: a page of ours, or an http address.
  const base = text.startsWith('/') ? 'http://localhost' : undefined;
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol);
}

async function bodyFault(request: Request): Promise<string | undefined> {
  if (request.method !== 'POST') return undefined;
  const text = await request.clone().text();
  if (text.length > MAX_BODY_CHARACTERS) return 'The body is too long for a log-in.';
  if (!request.headers.get('content-type')?.includes('application/json')) return undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return undefined;
  } catch {
    // Said below.
  }
  return 'The body is not a JSON object.';
}

/**
 * Looks at a request before next-auth does.
 * @param publicUrl NEXTAUTH_URL, if configured.
 * @throws {AppError} BAD_REQUEST, NOT_FOUND or METHOD_NOT_ALLOWED for what next-auth would answer with a 500, or with addresses that are not ours.
 */
export async function checkAuthRequest(request: Request, publicUrl: string | undefined): Promise<void> {
  if (publicUrl === undefined && !isOwnHost(hostOf(request)))
    throw new AppError(
      'BAD_REQUEST',
      `This arcade doesn't know the address "${hostOf(request)}" as its own. Its operator sets NEXTAUTH_URL to the public address.`,
    );
  const { pathname, searchParams } = new URL(request.url);
  const [action = '', provider, ...rest] = pathname.replace(/^\/api\/auth\/?/, '').split('/');
  // next-auth would write whatever anybody sends there into our log.
  if (rest.length > 0 || action === '_log')
    throw new AppError('NOT_FOUND', `There is nothing at ${pathname.slice(0, 200)}.`);
  if (
    action === 'callback' &&
    (provider === 'credentials' || provider === 'guest') &&
    request.method !== 'POST'
  )
    throw new AppError('METHOD_NOT_ALLOWED', 'A log-in is sent with POST.');
  // next-auth puts some of them into a Location header, which can't hold these.
  if (
    [...searchParams.values()].some((value) => CONTROL.test(value)) ||
    !ASCII.test(searchParams.get('error') ?? '')
  )
    throw new AppError('BAD_REQUEST', 'The query holds a character that it may not hold.');
  const callbackUrls = searchParams.getAll('callbackUrl');
  if (!callbackUrls.every((text) => text === '' || isAddress(text)))
    throw new AppError('BAD_REQUEST', 'callbackUrl is not a page of this arcade.');
  const fault = await bodyFault(request);
  if (fault !== undefined) throw new AppError('BAD_REQUEST', fault);
}

/** `Set-Cookie` lines that remove callback cookies that are no addresses; the person could not log in again otherwise. */
export function brokenCallbackCookies(cookieHeader: string | null): string[] {
  const cookies = parseCookie(cookieHeader ?? '');
  return CALLBACK_COOKIES.filter((name) => cookies[name] && !isAddress(cookies[name])).map(
    (name) =>
      `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${name.startsWith('__Secure-') ? '; Secure' : ''}`,
  );
}
