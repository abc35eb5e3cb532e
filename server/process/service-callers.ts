import type { IncomingMessage } from 'node:http';
import { internalToken, isSame, type ServiceKeys, TOKEN_KEY } from '../grpc/internal-auth';
import { isFromHere, type NearConfig, trustsLoopback } from '../http/near';

/** Which service a derived token opens; a token for one opens no other. */
export type WebServiceName = 'arcade.rules' | 'arcade.gm';

/** The header by which our own processes are known to a service of ours. */
export function ownHeaders(
  { authSecret }: ServiceKeys,
  service: WebServiceName,
): Readonly<Record<string, string>> {
  return authSecret === undefined ? {} : { [TOKEN_KEY]: internalToken(authSecret, service) };
}

/**
 * Who may call a service of ours that has no accounts: our own processes, whoever has `INTERNAL_API_KEY` (as `X-Internal-Key`
 * or bearer), and this machine itself as long as nobody else can be behind it.
 */
export function serviceCallers(
  config: NearConfig,
  { authSecret, internalApiKey }: ServiceKeys,
  service: WebServiceName,
): (req: IncomingMessage) => boolean {
  const isNearTrusted = trustsLoopback(config);
  const own = authSecret === undefined ? undefined : internalToken(authSecret, service);
  return (req) => {
    const { headers } = req;
    const shown = headers[TOKEN_KEY];
    if (typeof shown === 'string' && isSame(shown, own)) return true;
    const key = headers['x-internal-key'];
    if (typeof key === 'string' && isSame(key, internalApiKey)) return true;
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined && isSame(bearer, internalApiKey)) return true;
    return isNearTrusted && isFromHere(req);
  };
}
