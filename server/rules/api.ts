import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError } from '../errors';
import { sendJson } from '../http/envelope';
import { mountJson } from '../http/json-routes';
import { describeRoutes, type Json } from '../http/openapi';
import type { Router } from '../http/router';
import { createRecentSessions } from './recent-sessions';
import { callRoutes, openRoutes, type RulesWork } from './routes';
import { createSimulators, type SimulatorLimits } from './simulators';

export interface RulesApiOptions {
  /** Whether a request may validate and calculate: trusted loopback, the service key, a token. */
  mayCall(req: IncomingMessage): boolean | Promise<boolean>;
  /** Of the arcade, for `/health`. */
  readonly version: string;
  readonly limits?: SimulatorLimits;
}

/** The Rule Engine over HTTP (docs/CONTRACT.md, RULES): no database, nothing that outlives it. */
export interface RulesApi {
  /** Puts its routes onto a router: /validate, /calculate, /session/add, /health, /openapi.json. */
  mount(router: Router): void;
  /** Ends the simulators; what is under way is answered with 503. */
  close(): Promise<void>;
}

/** Starts nothing until somebody asks for a calculation. */
export function createRulesApi({ mayCall, version, limits }: RulesApiOptions): RulesApi {
  const simulators = createSimulators(limits);
  const work: RulesWork = { calculate: simulators.calculate, recent: createRecentSessions(), version };
  const wrap = (data: unknown) => data;
  async function enter(req: IncomingMessage): Promise<void> {
    if (!(await mayCall(req)))
      throw new AppError(
        'UNAUTHENTICATED',
        'The Rule Engine answers services: send INTERNAL_API_KEY as X-Internal-Key or bearer, or a token.',
      );
  }
  return {
    mount(router) {
      mountJson(router, openRoutes(work), { enter: () => undefined, wrap });
      mountJson(router, callRoutes(work), { enter, wrap });
      router.get('/openapi.json', (_req, res) => sendJson(res, 200, describeRules(work)));
    },
    close: simulators.close,
  };
}

const failure = z.object({
  status: z.literal('error'),
  code: z.string(),
  message: z.string(),
  detail: z.unknown(),
});

/** The OpenAPI document of the routes. */
export function describeRules(work: RulesWork): Json {
  return describeRoutes([...openRoutes(work), ...callRoutes(work)], {
    title: 'Arcade Clash: Rule Engine',
    description: 'Rules on what may happen and on what a fight came to, by simulating it. It keeps nothing.',
    version: work.version,
    wrap: (data) => data,
    failure,
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'X-Internal-Key' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    security: [{}, { key: [] }, { bearer: [] }],
  });
}
