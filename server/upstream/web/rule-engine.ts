import createClient, { type Client } from 'openapi-fetch';
import { RULE_ENGINE_ROUTES } from '../../../proto/web-routes';
import type { paths } from '../gen/rules';
import { answerOf, asSent, type BodyOf, type Given } from './answers';
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
    validate: async (given: Given<BodyOf<paths['/validate']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/validate']>>(given);
      return answerOf(await client.POST('/validate', { body, fetch: over(options) }));
    },
    /** What a fight, or an exchange of two moves, comes to. Asked again when nobody answers. */
    calculate: async (given: Given<BodyOf<paths['/calculate']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/calculate']>>(given);
      return answerOf(await client.POST('/calculate', { body, fetch: over(options) }));
    },
    /** Tells of a session that starts. */
    sessionAdd: async (given: Given<BodyOf<paths['/session/add']>>, options: WebCallOptions = {}) => {
      const body = asSent<BodyOf<paths['/session/add']>>(given);
      return answerOf(await client.POST('/session/add', { body, fetch: over(options) }));
    },
    health: async (options: WebCallOptions = {}) =>
      answerOf(await client.GET('/health', { fetch: over(options) })),
  };
}

export type RuleEngine = ReturnType<typeof ruleEngineOver>;
