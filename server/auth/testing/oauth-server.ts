import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NextAuthOptions } from 'next-auth';

interface Profile {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

/** Another site with accounts of its own: the three endpoints of an OAuth 2 log-in. `profile` is who logs in next. */
export async function startOAuthServer() {
  const state: { profile: Profile } = { profile: { id: '1', name: null, email: null } };
  const codes = new Set<string>();
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const json = (body: unknown) =>
      res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    if (url.pathname === '/authorize') {
      const code = randomUUID();
      codes.add(code);
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      back.searchParams.set('code', code);
      back.searchParams.set('state', url.searchParams.get('state') ?? '');
      res.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => {
        const code = new URLSearchParams(body).get('code') ?? '';
        if (!codes.delete(code)) res.writeHead(400).end('{"error":"invalid_grant"}');
        // The last field is one that some sites add, and that no schema expects.
        else json({ access_token: code, token_type: 'bearer', refresh_token_expires_in: 9 });
      });
    } else json(state.profile);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: NextAuthOptions['providers'][number] = {
    id: 'elsewhere',
    name: 'Elsewhere',
    type: 'oauth',
    clientId: 'arcade',
    clientSecret: 'a secret between two sites',
    authorization: `${origin}/authorize`,
    token: `${origin}/token`,
    userinfo: `${origin}/me`,
    checks: ['state'],
    profile: (profile: Profile) => ({
      id: profile.id,
      name: profile.name,
      email: profile.email,
      image: null,
    }),
  };
  return {
    provider,
    setProfile(profile: Profile) {
      state.profile = profile;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
