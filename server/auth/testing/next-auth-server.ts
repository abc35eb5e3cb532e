import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCookie } from 'cookie';
import type { NextApiResponse } from 'next';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import { stampForwarded } from '../../request-facts';

async function readBody(req: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}

function toApiResponse(res: ServerResponse): NextApiResponse {
  const unused = (): never => {
    throw new Error('next-auth does not need this.');
  };
  const api: NextApiResponse = Object.assign(res, {
    status(code: number) {
      res.statusCode = code;
      return api;
    },
    json(body: unknown) {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(body));
    },
    send(body: unknown) {
      if (typeof body === 'object' && body !== null) api.json(body);
      else res.end(body);
    },
    redirect: unused,
    setDraftMode: unused,
    setPreviewData: unused,
    clearPreviewData: unused,
    revalidate: unused,
  });
  return api;
}

/** next-auth itself, with our options, on a port of its own: everything but Next between browser and log-in. */
export async function startNextAuthServer(options: NextAuthOptions) {
  process.env.AUTH_TRUST_HOST = 'true';
  const server = createServer(async (req, res) => {
    stampForwarded(req, true);
    const url = new URL(req.url ?? '/', 'http://localhost');
    const query = {
      ...Object.fromEntries(url.searchParams),
      nextauth: url.pathname.replace('/api/auth/', '').split('/'),
    };
    const cookies = parseCookie(req.headers.cookie ?? '');
    const request = Object.assign(req, { query, cookies, body: await readBody(req), env: {} });
    await NextAuth(request, toApiResponse(res), options);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
