import createClient, { type Client } from 'openapi-fetch';
import { RULE_ENGINE_ROUTES } from '../../../proto/web-routes';
import type { paths } from '../gen/rules';
import { answerOf, type BodyOf } from './answers';
import type { WebCallOptions } from './call';
import type { Neighbour } from './neighbour';
import { routedFetch } from './routed-fetch';

/** A client of the Rule Engine as its OpenAPI document has it, over the proxy. */
export function createRuleEngineClient(neighbour: Neighbour): Client<paths> {
  return createClient<paths>({
    // Where it is is the proxy's business.
    baseUrl: 'http://rule-engine.invalid',
    fetch: routedFetch(neighbour, RULE_ENGINE_ROUTES)({}),
  });
}

/** The Rule Engine's calls by name. Each throws what {@link Neighbour.ask} throws. */
export function ruleEngineOver(neighbour: Neighbour) {
  const client = createRuleEngineClient(neighbour);
  const over = routedFetch(neighbour, RULE_ENGINE_ROUTES);
  return {
    /** May this happen now? Asked again when nobody answers. */
    validate: async (body: BodyOf<paths['/validate']>, options: WebCallOptions = {}) =>
      answerOf(await client.POST('/validate', { body, fetch: over(options) })),
    /** What a fight, or an exchange of two moves, comes to. Asked again when nobody answers. */
    calculate: async (body: BodyOf<paths['/calculate']>, options: WebCallOptions = {}) =>
      answerOf(await client.POST('/calculate', { body, fetch: over(options) })),
    /** Tells of a session that starts. */
    sessionAdd: async (body: BodyOf<paths['/session/add']>, options: WebCallOptions = {}) =>
      answerOf(await client.POST('/session/add', { body, fetch: over(options) })),
    health: async (options: WebCallOptions = {}) =>
      answerOf(await client.GET('/health', { fetch: over(options) })),
  };
}

export type RuleEngine = ReturnType<typeof ruleEngineOver>;
