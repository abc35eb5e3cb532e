/** Who a program is, for as long as its log-in lasts. */
export interface Guest {
  /** A fresh token for the signaling socket (`account.signalToken`). */
  signalToken(): Promise<string>;
}

/**
 * Logs in as a guest over plain HTTP, as docs/CONTRACT.md says (AUTH): next-auth's cookies, then tRPC.
 * @throws Error where the arcade lets nobody in
 */
export async function logInAsGuest(url: string): Promise<Guest> {
  const cookies = new Map<string, string>();

  async function request(path: string, init: RequestInit = {}): Promise<unknown> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, url), {
      ...init,
      headers: { ...init.headers, cookie },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  const csrfToken = textAt(await request('/api/auth/csrf'), 'csrfToken');
  const answer = await request('/api/auth/callback/guest', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, json: 'true' }),
  });
  const refusal = new URL(textAt(answer, 'url'), url).searchParams.get('error');
  if (refusal !== null) throw new Error(`The arcade lets no guest in: ${refusal}.`);
  return {
    async signalToken() {
      const reply = await request('/api/trpc/account.signalToken', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"json":null}',
      });
      return textAt(reply, 'result', 'data', 'json', 'token');
    },
  };
}

/** The text at the end of a path of fields. @throws Error where there is none */
function textAt(value: unknown, ...path: string[]): string {
  let at = value;
  for (const name of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined;
  if (typeof at !== 'string')
    throw new Error(`The answer has no ${path.join('.')}: ${JSON.stringify(value)}`);
  return at;
}
