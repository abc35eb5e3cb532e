import createClient, { type Client } from 'openapi-fetch';
import { AI_GM_ROUTES } from '../../../proto/web-routes';
import type { paths } from '../gen/gm';
import { answerOf, asSent, type BodyOf, type Given } from './answers';
import type { WebCallOptions } from './call';
import type { Neighbour } from './neighbour';
import { routedFetch } from './routed-fetch';

/** A client of the AI game master as its OpenAPI document has it, over the proxy. */
export function createAiGmClient(neighbour: Neighbour): Client<paths> {
  return createClient<paths>({
    // Where it is is the proxy's business.
    baseUrl: 'http://ai-gm.invalid',
    fetch: routedFetch(neighbour, AI_GM_ROUTES)({}),
  });
}

/** The AI game master's calls by name. Each throws what {@link Neighbour.ask} throws. */
export function aiGmOver(neighbour: Neighbour) {
  const client = createAiGmClient(neighbour);
  const over = routedFetch(neighbour, AI_GM_ROUTES);
  return {
    /** The line for a moment, or what the next fight is to be. Asked again when nobody answers. */
    narrative: async (given: Given<BodyOf<paths['/generate/narrative']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/generate/narrative']>>(given);
      return answerOf(await client.POST('/generate/narrative', { body, fetch: over(options) }));
    },
    /** What somebody says to what the player does. Asked again when nobody answers. */
    npcResponse: async (
      given: Given<BodyOf<paths['/generate/npc-response']>>,
      options: WebCallOptions = {},
    ) => {
      const body = asSent<BodyOf<paths['/generate/npc-response']>>(given);
      return answerOf(await client.POST('/generate/npc-response', { body, fetch: over(options) }));
    },
    /** A turn of the player; asked again only under an `idempotencyKey`. */
    gameTurn: async (given: Given<BodyOf<paths['/api/v1/game/turn']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/api/v1/game/turn']>>(given);
      return answerOf(await client.POST('/api/v1/game/turn', { body, fetch: over(options) }));
    },
    /** A turn of somebody else; asked again only under an `idempotencyKey`. */
    npcTurn: async (given: Given<BodyOf<paths['/api/v1/game/npc-turn']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/api/v1/game/npc-turn']>>(given);
      return answerOf(await client.POST('/api/v1/game/npc-turn', { body, fetch: over(options) }));
    },
    /** The turns of a session, oldest first. */
    history: async (sessionId: string, options: WebCallOptions = {}) =>
      answerOf(
        await client.GET('/api/v1/game/history/{session_id}', {
          params: { path: { session_id: sessionId } },
          fetch: over(options),
        }),
      ),
    summary: async (given: Given<BodyOf<paths['/api/v1/game/summary']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/api/v1/game/summary']>>(given);
      return answerOf(await client.POST('/api/v1/game/summary', { body, fetch: over(options) }));
    },
    health: async (options: WebCallOptions = {}) =>
      answerOf(await client.GET('/health', { fetch: over(options) })),
  };
}

export type AiGm = ReturnType<typeof aiGmOver>;
