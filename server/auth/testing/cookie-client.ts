/** A client that keeps cookies, as a script that logs in with plain HTTP does. */
export class CookieClient {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #headers: Record<string, string>;

  /** @param headers sent with every request, such as X-Forwarded-For. */
  constructor(origin: string, headers: Record<string, string> = {}) {
    this.#origin = origin;
    this.#headers = headers;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...this.#headers, cookie: this.cookieHeader });
    new Headers(init.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    const response = await fetch(`${this.#origin}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), value);
    }
    return response;
  }

  async #post(path: string, fields: Record<string, string>): Promise<{ status: number; url: URL }> {
    const { csrfToken } = (await (await this.request('/api/auth/csrf')).json()) as { csrfToken: string };
    const response = await this.request(path, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
    });
    const { url } = (await response.json()) as { url: string };
    return { status: response.status, url: new URL(url) };
  }

  /** Logs in through next-auth; `url` is where it sends us to. */
  logInTo(provider: string, fields: Record<string, string> = {}): Promise<{ status: number; url: URL }> {
    return this.#post(`/api/auth/callback/${provider}`, fields);
  }

  /** Logs in through next-auth; `error` is what it says in the address it sends us to. */
  async logIn(provider: string, fields: Record<string, string> = {}) {
    const { status, url } = await this.logInTo(provider, fields);
    return { status, error: url.searchParams.get('error') };
  }

  async logOut(): Promise<void> {
    await this.#post('/api/auth/signout', {});
  }

  /** What next-auth says of the cookie: `{}` when signed out. */
  async session(): Promise<unknown> {
    return (await this.request('/api/auth/session')).json();
  }

  /** Logs in through another site, following every redirect as a browser does; returns where it ends up. */
  async logInThrough(provider: string): Promise<URL> {
    let { url } = await this.#post(`/api/auth/signin/${provider}`, {});
    for (let hop = 0; hop < 5; hop++) {
      const isOurs = url.origin === this.#origin;
      const response = isOurs
        ? await this.request(`${url.pathname}${url.search}`)
        : await fetch(url, { redirect: 'manual' });
      const location = response.headers.get('location');
      if (location === null) return url;
      url = new URL(location, url);
      if (url.origin === this.#origin && !url.pathname.startsWith('/api/auth/')) return url;
    }
    throw new Error(`too many redirects, the last to ${url}`);
  }
}
