import { z } from 'zod';
import {
  calculateResponse,
  healthResponse,
  sessionAddRequest,
  sessionAddResponse,
  validateRequest,
  validateResponse,
} from '../../proto/rules';
import { type JsonRoute, jsonRoute } from '../http/json-routes';
import type { Ruling } from './calculate';
import { type CalculateRequest, calculateInput } from './calculate-input';
import type { RecentSessions } from './recent-sessions';
import { validateAction } from './validate';

/** What the routes do their work with. */
export interface RulesWork {
  calculate(request: CalculateRequest, signal: AbortSignal): Promise<Ruling>;
  readonly recent: RecentSessions;
  readonly version: string;
}

/** What anybody may ask. */
export function openRoutes({ version }: RulesWork): JsonRoute<unknown>[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/health',
      summary: 'Whether the service answers.',
      tag: 'service',
      input: z.object({}),
      output: z.object({ ...healthResponse.shape }),
      run: () => ({ status: 'healthy' as const, service: 'rule-engine', version }),
    }),
  ];
}

/** What only those may ask who may call. */
export function callRoutes({ calculate, recent }: RulesWork): JsonRoute<unknown>[] {
  return [
    jsonRoute({
      method: 'POST',
      path: '/validate',
      summary: 'Whether an action may happen now; for a scenario or a character, what is wrong with it.',
      tag: 'rules',
      input: z.object({ ...validateRequest.shape }),
      output: z.object({ ...validateResponse.shape }),
      run: validateAction,
    }),
    jsonRoute({
      method: 'POST',
      path: '/calculate',
      summary: 'What the inputs of a fight lead to, or how two moves stand against each other.',
      tag: 'rules',
      input: calculateInput,
      output: z.union([...calculateResponse.def.options]),
      run: (request, { signal }) => calculate(request, signal),
    }),
    jsonRoute({
      method: 'POST',
      path: '/session/add',
      summary: 'Tells of a session that has started; the same pair comes back.',
      tag: 'session',
      input: z.object({ ...sessionAddRequest.shape }),
      output: z.object({ ...sessionAddResponse.shape }),
      run: ({ session_id, user_id = null }) => recent.add(session_id, user_id),
    }),
  ];
}
