import { type AuthRefusal, refusalOf } from './auth-refusal';

/** What became of a log-in. `message` is the server's own word where it gave one. */
export type SignInOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason: 'refused' | 'offline' | 'other';
      readonly refusal?: AuthRefusal;
      readonly message?: string;
    };

async function csrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { headers: { accept: 'application/json' } });
  const body: unknown = await response.json();
  if (
    typeof body === 'object' &&
    body !== null &&
    'csrfToken' in body &&
    typeof body.csrfToken === 'string'
  ) {
    return body.csrfToken;
  }
  throw new Error('The server gave no CSRF token.');
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' }),
  });
}

async function bodyOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

/**
 * Logs in through next-auth without a page load; the cookie is set when it succeeds.
 * Never throws: a network fault is an outcome too, so that what was typed stays.
 */
export async function signIn(
  provider: 'credentials' | 'guest',
  fields: Record<string, string> = {},
): Promise<SignInOutcome> {
  try {
    const response = await post(`/api/auth/callback/${provider}`, fields);
    const { detail, message, url } = await bodyOf(response);
    const refusal = refusalOf(detail);
    if (refusal) return { ok: false, reason: 'refused', refusal, message: String(message ?? '') };
    const isRefused = typeof url === 'string' && new URL(url, location.origin).searchParams.has('error');
    return response.ok && !isRefused ? { ok: true } : { ok: false, reason: 'other' };
  } catch {
    return { ok: false, reason: 'offline' };
  }
}

/** Leaves for the provider's own log-in page. */
export async function signInWith(provider: string): Promise<void> {
  const { url } = await bodyOf(await post(`/api/auth/signin/${provider}`, { callbackUrl: '/lobby' }));
  if (typeof url !== 'string') throw new Error(`${provider} gave no address to go to.`);
  window.location.assign(url);
}

/** Ends the log-in of this browser. */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', { callbackUrl: '/' });
}
