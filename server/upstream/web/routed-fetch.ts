import type { WebRoute } from '../../../proto/web-routes';
import { AppError } from '../../errors';
import type { WebCallOptions } from './call';
import type { Neighbour } from './neighbour';

const PLACE = /\\\{\w+\\\}/g;

/** `/history/{session_id}` as a pattern. */
function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(PLACE, '[^/]+')}$`);
}

/**
 * What a client that was generated from the OpenAPI document takes for `fetch`: each call goes through the proxy, and its
 * answer is parsed by the route's schema before anybody sees it (PROXY-8).
 * @returns throws what {@link Neighbour.ask} throws: there are no answers with a status of failure
 */
export function routedFetch(neighbour: Neighbour, routes: readonly WebRoute[]) {
  const table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (options: WebCallOptions) =>
    async (request: Request): Promise<Response> => {
      const { pathname, search } = new URL(request.url);
      const found = table.find(
        ({ route, pattern }) => route.method === request.method && pattern.test(pathname),
      );
      if (!found) throw new AppError('NOT_FOUND', `No neighbour is asked for ${request.method} ${pathname}.`);
      const { method, isPure, response } = found.route;
      const answer = await neighbour.ask(
        {
          method,
          path: `${pathname}${search}`,
          body: method === 'POST' ? await request.text() : undefined,
          isPure,
          read(given) {
            const parsed = response.safeParse(given);
            if (parsed.success) return parsed.data;
            const faults = parsed.error.issues
              .slice(0, 3)
              .map(({ path, message }) => `${path.join('.')}: ${message}`);
            throw new Error(`The answer is not as agreed. ${faults.join('; ')}`);
          },
        },
        options,
      );
      return Response.json(answer);
    };
}
