import { readSession } from '../auth/session';
import { processConfig } from '../auth/settings';
import { type AnyRequest, requestFacts } from '../request-facts';
import type { TrpcContext } from './context';

/** The context of a request to Node's server or to a Fetch handler. A cross-site page never acts as the player. */
export async function createContext({ req }: { req: AnyRequest }): Promise<TrpcContext> {
  const config = processConfig();
  const facts = requestFacts(req, config.TRUST_PROXY, config.NEXTAUTH_URL);
  return {
    user: facts.isCrossSite ? null : await readSession(facts.cookie),
    address: facts.address,
    origin: facts.origin,
    isCrossSite: facts.isCrossSite,
  };
}
