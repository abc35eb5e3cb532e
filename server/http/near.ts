import type { IncomingMessage } from 'node:http';
import type { Config } from '../config';
import { isLoopbackHost } from '../grpc/loopback';

export type NearConfig = Pick<Config, 'DATABASE_URL' | 'INTERNAL_API_KEY' | 'TRUST_PROXY' | 'NEXTAUTH_URL'>;

/** What says that somebody else is behind the connection, or that a page made the request. */
export const NOT_ITSELF = ['x-forwarded-for', 'forwarded', 'via', 'origin', 'sec-fetch-site'] as const;

/** A name or an address in brackets, and the port if one is told: nothing else may stand behind it. */
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/;

/** Whether a `Host` names this machine. */
export function isLoopbackName(host: string | undefined): boolean {
  const name = HOST.exec(host ?? '')?.[1];
  return name !== undefined && isLoopbackHost(name);
}

/** Whether loopback stands for the service token: only where nobody else can be behind it. */
export function trustsLoopback({
  DATABASE_URL,
  INTERNAL_API_KEY,
  TRUST_PROXY,
  NEXTAUTH_URL,
}: NearConfig): boolean {
  const isPrivate = DATABASE_URL === undefined && INTERNAL_API_KEY === undefined && !TRUST_PROXY;
  return isPrivate && (NEXTAUTH_URL === undefined || isLoopbackHost(new URL(NEXTAUTH_URL).hostname));
}

/** Whether a request comes from this machine itself and not on somebody's behalf. */
export function isFromHere(req: IncomingMessage): boolean {
  return (
    isLoopbackHost(req.socket.remoteAddress ?? '') &&
    isLoopbackName(req.headers.host) &&
    !isBehindSomebody(req)
  );
}

/** Looked for in what was sent: the server has put the truth into the forwarding headers of `headers`. */
function isBehindSomebody({ rawHeaders }: IncomingMessage): boolean {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]?.toLowerCase();
    if (NOT_ITSELF.some((one) => one === name)) return true;
  }
  return false;
}
