import type { ServerResponse } from 'node:http';
import { renewedCookie } from '../auth/renewal';
import { readSession } from '../auth/session';
import { processConfig } from '../auth/settings';
import { type AnyRequest, requestFacts } from '../request-facts';
import type { TrpcContext } from './context';

/** What the two adapters hand over: Node's response, or the headers of a Fetch response to come. */
interface Call {
  readonly req: AnyRequest;
  readonly res?: ServerResponse;
  readonly resHeaders?: Headers;
}

/**
 * The context of a request to Node's server or to a Fetch handler. A cross-site page never acts as the player.
 * A log-in in the second half of its days is renewed with the answer.
 */
export async function createContext({ req, res, resHeaders }: Call): Promise<TrpcContext> {
  const config = processConfig();
  const facts = requestFacts(req, config.TRUST_PROXY, config.NEXTAUTH_URL);
  const user = facts.isCrossSite ? null : await readSession(facts.cookie);
  const renewed = user && (await renewedCookie(facts.cookie));
  if (renewed) {
    res?.appendHeader('set-cookie', renewed);
    resHeaders?.append('set-cookie', renewed);
  }
  return {
    user,
    address: facts.address,
    origin: facts.origin,
    isCrossSite: facts.isCrossSite,
  };
}
