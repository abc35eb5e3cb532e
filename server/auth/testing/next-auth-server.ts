import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseCookie } from 'cookie';
import type { NextApiResponse } from 'next';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import { stampForwarded } from '../../request-facts';
import { type AuthContext, answerAuth } from '../auth-handler';

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Next's response object, as far as next-auth uses it, and what it was told. */
function capture(req: IncomingMessage) {
  const told = new ServerResponse(req);
  let body = '';
  const unused = (): never => {
    throw new Error('next-auth does not need this.');
  };
  const api: NextApiResponse = Object.assign(told, {
    status(code: number) {
      told.statusCode = code;
      return api;
    },
    json(value: unknown) {
      told.setHeader('content-type', 'application/json');
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      if (typeof value === 'object' && value !== null) api.json(value);
      else body = String(value ?? '');
    },
    end: () => api,
    redirect: unused,
    setDraftMode: unused,
    setPreviewData: unused,
    clearPreviewData: unused,
    revalidate: unused,
  });
  const headers = () =>
    Object.entries(told.getHeaders()).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
    );
  return { api, response: () => new Response(body, { status: told.statusCode, headers: headers() }) };
}

function parseBody(req: IncomingMessage, body: Buffer): unknown {
  const text = body.toString('utf8');
  if (req.headers['content-type']?.includes('application/json')) return JSON.parse(text);
  return Object.fromEntries(new URLSearchParams(text));
}

/**
 * next-auth itself, with our handler around it, on a port of its own: everything but Next between browser and log-in.
 * @param adapt changes the options of each request.
 */
export async function startNextAuthServer(
  context: AuthContext,
  adapt: (options: NextAuthOptions) => NextAuthOptions = (options) => options,
) {
  process.env.AUTH_TRUST_HOST = 'true';

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    stampForwarded(req, true);
    const url = new URL(req.url ?? '/', 'http://localhost');
    const body = await readBody(req);
    const { headers } = req;
    const request = new Request(url, {
      method: req.method ?? 'GET',
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const response = await answerAuth(request, context, async (options) => {
      const { api, response } = capture(req);
      const query = {
        ...Object.fromEntries(url.searchParams),
        nextauth: url.pathname.replace('/api/auth/', '').split('/'),
      };
      const cookies = parseCookie(headers.cookie ?? '');
      const asNext = Object.assign(req, { query, cookies, body: parseBody(req, body), env: {} });
      await NextAuth(asNext, api, adapt(options));
      return response();
    });
    res.writeHead(response.status, [...response.headers].flat());
    res.end(Buffer.from(await response.arrayBuffer()));
  }

  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
