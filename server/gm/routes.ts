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
} from '../../proto/gm';
import { type JsonRoute, jsonRoute } from '../http/json-routes';
import type { Game } from './game';
import { narrate } from './narrative';
import { answerFor } from './npc';
import { summaryOf } from './summary';
import { takeNpcTurn, takeTurn } from './turns';

const sessionPath = z.object({ session_id: z.string().check(z.maxLength(200)) });
const condition = z.enum(['ok', 'degraded', 'not_configured', 'elsewhere']);
const systemStatus = z.object({
  rule_manager: condition,
  scenario_manager: condition,
  state_manager: condition,
  llm_gateway: condition,
});

const tag = 'game master';

/** What needs leave to be asked. */
export const callRoutes: readonly JsonRoute<Game>[] = [
  jsonRoute({
    method: 'POST',
    path: '/generate/narrative',
    summary: 'A line for a moment, and the direction of the next fight',
    ...{ tag, input: narrativeRequest, output: narrativeResponse },
    run: (input, { context: game }) => narrate(game, input),
  }),
  jsonRoute({
    method: 'POST',
    path: '/generate/npc-response',
    summary: 'What somebody answers',
    ...{ tag, input: npcResponseRequest, output: npcResponseResponse },
    run: (input, { context: game }) => answerFor(game, input),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/v1/game/turn',
    summary: 'A turn of the player',
    ...{ tag, input: gameTurnRequest, output: gameTurnResponse },
    run: (input, { context: game }) => takeTurn(game, input),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/v1/game/npc-turn',
    summary: 'A turn of an npc',
    ...{ tag, input: npcTurnRequest, output: gameTurnResponse },
    run: (input, { context: game }) => takeNpcTurn(game, input),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/v1/game/history/:session_id',
    summary: 'The turns that are remembered, oldest first',
    ...{ tag, input: sessionPath, output: z.array(gameTurnResponse) },
    run: ({ session_id }, { context: { memory } }) => memory.of(session_id).deeds.map(({ turn }) => turn),
  }),
  jsonRoute({
    method: 'POST',
    path: '/api/v1/game/summary',
    summary: 'What happened, in a few sentences',
    ...{ tag, input: summaryRequest, output: summaryResponse },
    run: ({ session_id }, { context: { memory } }) => ({
      session_id,
      summary: summaryOf(memory.of(session_id)),
    }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/api/v1/system/status',
    summary: 'How the neighbours are',
    ...{ tag, input: z.object({}), output: systemStatus },
    run: (_, { context: { model } }) => ({
      rule_manager: 'elsewhere' as const,
      scenario_manager: 'ok' as const,
      state_manager: 'elsewhere' as const,
      llm_gateway: model
        ? model.isOpen
          ? ('ok' as const)
          : ('degraded' as const)
        : ('not_configured' as const),
    }),
  }),
];

/** What anybody may ask. */
export const openRoutes: readonly JsonRoute<Game>[] = [
  jsonRoute({
    method: 'GET',
    path: '/health',
    summary: 'Whether it works',
    tag,
    input: z.object({}),
    output: z.object({ status: z.literal('ok'), db: z.literal('none'), model: condition }),
    run: (_, { context: { model } }) => ({
      status: 'ok' as const,
      db: 'none' as const,
      model: model ? (model.isOpen ? ('ok' as const) : ('degraded' as const)) : ('not_configured' as const),
    }),
  }),
  jsonRoute({
    method: 'GET',
    path: '/',
    summary: 'What this is',
    tag,
    input: z.object({}),
    output: z.object({ service: z.string(), contract: z.string(), openapi: z.string() }),
    run: () => ({ service: 'ai-game-master', contract: 'docs/CONTRACT.md, GM', openapi: '/openapi.json' }),
  }),
];
