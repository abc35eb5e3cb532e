import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { AppError, ERROR_CODES } from '../errors';
import { sendJson } from '../http/envelope';
import { mountJson } from '../http/json-routes';
import { describeRoutes, type Json } from '../http/openapi';
import type { Router } from '../http/router';
import type { Caller } from './caller';
import type { StateCall } from './routes/route';
import { STATE_ROUTES } from './routes/routes';
import type { StateManager } from './state-manager';

export interface StateHttp {
  readonly state: StateManager;
  /** Says who makes a request. @throws {AppError} for a token that is not good */
  callerOf(req: IncomingMessage): Caller | Promise<Caller>;
  /** Who may inject and validate scenarios; the trusted alone unless told. */
  readonly mayDesign?: (caller: Caller) => boolean;
  /** Fails when the database does not answer. */
  probe(): Promise<unknown>;
  /** Unix ms. */
  now(): number;
}

const isTrusted = ({ kind }: Caller) => kind === 'trusted';

/** Serves the State Manager below `/state`: every route, its health, and the document that describes it. */
export function mountState(
  router: Router,
  { state, callerOf, mayDesign = isTrusted, probe, now }: StateHttp,
): void {
  mountJson<StateCall>(router, STATE_ROUTES, {
    enter: async (req) => ({ caller: await callerOf(req), state, mayDesign, now }),
    wrap: (data) => ({ status: 'success', data, message: null }),
  });
  const document = describeState();
  router.get('/state/openapi.json', (_req, res) => sendJson(res, 200, document));
  router.get('/state/health', (_req, res) => sendJson(res, 200, { status: 'healthy' }));
  router.get('/state/health/db', async (_req, res) => {
    try {
      await probe();
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'The database does not answer.', { cause });
    }
    sendJson(res, 200, { status: 'healthy', database: 'connected' });
  });
}

const failure = z.object({
  status: z.literal('error'),
  code: z.enum(Object.keys(ERROR_CODES)),
  message: z.string(),
  detail: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullable(),
});

/** The OpenAPI document of `/state`. */
function describeState(): Json {
  return describeRoutes(STATE_ROUTES, {
    title: 'Arcade Clash: State Manager',
    description:
      'Sessions of scenarios and everything in them. A player’s token reads, starts, pauses, resumes and ends sessions of its own; all else needs the service key.',
    version: '1.0.0',
    wrap: (data) => ({
      type: 'object',
      properties: { status: { const: 'success' }, data, message: { type: ['string', 'null'] } },
      required: ['status', 'data', 'message'],
    }),
    failure,
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'A token of account.apiToken' },
      internalKey: { type: 'apiKey', in: 'header', name: 'X-Internal-Key' },
    },
    security: [{ bearer: [] }, { internalKey: [] }],
  });
}
