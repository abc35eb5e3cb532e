import type { IncomingMessage, ServerResponse } from 'node:http';
import { renewedCookie } from '../auth/renewal';
import { findLogin } from '../auth/session';
import { processConfig } from '../config';
import { type AnyRequest, requestFacts } from '../request-facts';
import type { TrpcContext } from './context';
import type { Line } from './line';

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
  const found = facts.isCrossSite ? null : await findLogin(facts.cookie);
  const renewed = found && (await renewedCookie(facts.cookie));
  if (renewed) {
    res?.appendHeader('set-cookie', renewed);
    resHeaders?.append('set-cookie', renewed);
  }
  return {
    user: found?.nameChosen ? found.player : null,
    unnamed: found && !found.nameChosen ? found.player : null,
    address: facts.address,
    origin: facts.origin,
    isCrossSite: facts.isCrossSite,
  };
}

/**
 * The context of all calls over one WebSocket, from the request that opened it, which came from a page of ours or from
 * no page at all. The log-in is that of then: whoever opens the line closes it when the log-in ends.
 */
export async function createLineContext(req: IncomingMessage, line: Line): Promise<TrpcContext> {
  const config = processConfig();
  const { cookie, address, origin } = requestFacts(req, config.TRUST_PROXY, config.NEXTAUTH_URL);
  const found = await findLogin(cookie);
  return {
    user: found?.nameChosen ? found.player : null,
    unnamed: found && !found.nameChosen ? found.player : null,
    address,
    origin,
    isCrossSite: false,
    line,
  };
}
