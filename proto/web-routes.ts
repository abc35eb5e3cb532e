import * as z from 'zod/mini';
import {
  gameTurnRequest,
  gameTurnResponse,
  narrativeRequest,
  narrativeResponse,
  npcResponseRequest,
  npcResponseResponse,
  npcTurnRequest,
  summaryRequest,
  summaryResponse,
} from './gm';
import {
  calculateRequest,
  calculateResponse,
  healthResponse,
  sessionAddRequest,
  sessionAddResponse,
  validateRequest,
  validateResponse,
} from './rules';

/** One call of a service behind the proxy: what `npm run generate:openapi` writes down, and the proxy reads answers by. */
export interface WebRoute {
  readonly method: 'GET' | 'POST';
  /** With `{names}`, as OpenAPI has it. */
  readonly path: string;
  readonly summary: string;
  readonly request?: z.ZodMiniType;
  readonly response: z.ZodMiniType;
  /** Asking twice does nothing more, so whoever got no answer may. */
  readonly isPure: boolean;
}

const health: WebRoute = {
  method: 'GET',
  path: '/health',
  summary: 'Whether the service works',
  response: healthResponse,
  isPure: true,
};

export const RULE_ENGINE_ROUTES: readonly WebRoute[] = [
  {
    method: 'POST',
    path: '/validate',
    summary: 'May this happen now?',
    request: validateRequest,
    response: validateResponse,
    isPure: true,
  },
  {
    method: 'POST',
    path: '/calculate',
    summary: 'What a fight, or an exchange of two moves, comes to',
    request: calculateRequest,
    response: calculateResponse,
    isPure: true,
  },
  {
    method: 'POST',
    path: '/session/add',
    summary: 'A session starts',
    request: sessionAddRequest,
    response: sessionAddResponse,
    isPure: false,
  },
  health,
];

export const AI_GM_ROUTES: readonly WebRoute[] = [
  {
    method: 'POST',
    path: '/generate/narrative',
    summary: 'The line for a moment, or what the next fight is to be',
    request: narrativeRequest,
    response: narrativeResponse,
    isPure: true,
  },
  {
    method: 'POST',
    path: '/generate/npc-response',
    summary: 'What somebody says to what the player does',
    request: npcResponseRequest,
    response: npcResponseResponse,
    isPure: true,
  },
  {
    method: 'POST',
    path: '/api/v1/game/turn',
    summary: 'A turn of the player',
    request: gameTurnRequest,
    response: gameTurnResponse,
    isPure: false,
  },
  {
    method: 'POST',
    path: '/api/v1/game/npc-turn',
    summary: 'A turn of somebody else',
    request: npcTurnRequest,
    response: gameTurnResponse,
    isPure: false,
  },
  {
    method: 'GET',
    path: '/api/v1/game/history/{session_id}',
    summary: 'The turns of a session, oldest first',
    response: z.array(gameTurnResponse),
    isPure: true,
  },
  {
    method: 'POST',
    path: '/api/v1/game/summary',
    summary: 'A session in a few sentences',
    request: summaryRequest,
    response: summaryResponse,
    isPure: false,
  },
  health,
];
