import type { NextAuthOptions } from 'next-auth';
import type { Config } from '../config';
import { AppError, ERROR_CODES, errorEnvelope, publicError } from '../errors';
import type { AccountServices } from './accounts';
import { createAuthOptions } from './auth-options';
import { brokenCallbackCookies, checkAuthRequest } from './auth-request';
import { deviceCookie } from './devices';
import type { OAuthConfig } from './oauth-providers';

/** What happened behind next-auth while it worked on one request. */
export interface AuthNotes {
  /** Who has just logged in with a password. */
  enteredId?: string;
  /** Why a log-in was refused; next-auth passes on the message only. */
  refusal?: AppError;
}

/** The process's part in it. */
export interface AuthContext {
  readonly services: AccountServices;
  readonly secret: string;
  readonly config: OAuthConfig & Pick<Config, 'NEXTAUTH_URL'>;
}

function refuse(error: unknown, cookies: readonly string[]): Response {
  const { status, body } = errorEnvelope(error);
  const response = Response.json(body, { status });
  for (const line of cookies) response.headers.append('set-cookie', line);
  return response;
}

/** next-auth's answer to a refused log-in, with the code and detail beside its `url`, and the status that fits. */
async function withRefusal(response: Response, refusal: AppError): Promise<Response> {
  const { code, message, detail = null } = publicError(refusal);
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  const headers = new Headers(response.headers);
  if (typeof detail?.retryAfterSeconds === 'number')
    headers.set('retry-after', String(detail.retryAfterSeconds));
  // A form without `json` is sent on to the log-in page, which reads the address.
  if (typeof body !== 'object' || body === null)
    return new Response(response.body, { ...parts(response), headers });
  headers.delete('content-length');
  return Response.json(
    { ...body, status: 'error', code, message, detail },
    { status: ERROR_CODES[code].http, headers },
  );
}

const parts = ({ status, statusText }: Response) => ({ status, statusText });

/**
 * Answers a request of next-auth's: checks it first, and says afterwards what next-auth can't: why a log-in was
 * refused, and that the device is known from now on.
 * @param run next-auth itself, with the options for this request.
 */
export async function answerAuth(
  request: Request,
  { services, secret, config }: AuthContext,
  run: (options: NextAuthOptions) => Promise<Response>,
): Promise<Response> {
  const cookieHeader = request.headers.get('cookie');
  const broken = brokenCallbackCookies(cookieHeader);
  try {
    await checkAuthRequest(request, config.NEXTAUTH_URL);
    if (broken.length > 0)
      throw new AppError('BAD_REQUEST', 'The callback cookie was broken and is removed now. Try again.');
  } catch (error) {
    return refuse(error, broken);
  }
  const notes: AuthNotes = {};
  const response = await run(createAuthOptions(services, secret, config, notes));
  const answer = notes.refusal ? await withRefusal(response, notes.refusal) : response;
  if (notes.enteredId === undefined) return answer;
  const isSecure = response.headers.getSetCookie().some((line) => line.startsWith('__Secure-'));
  answer.headers.append('set-cookie', deviceCookie(cookieHeader ?? undefined, notes.enteredId, isSecure));
  return answer;
}
