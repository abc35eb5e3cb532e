import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock';
import { AppError } from '../errors';
import { sendJson } from '../http/envelope';
import { mountJson } from '../http/json-routes';
import { describeRoutes } from '../http/openapi';
import type { Router } from '../http/router';
import type { Ladders } from '../ladders/ladders';
import { linesSaid } from './counts';
import type { Game } from './game';
import { LEVELS } from './levels';
import { createMemory } from './memory';
import type { ModelAddress } from './model/client';
import { createModel } from './model/model';
import { callRoutes, openRoutes } from './routes';
import type { LevelTable } from './skill';

export interface GmOptions {
  readonly ladders: Ladders;
  readonly log: Pick<Logger, 'warn'>;
  /** Whether whoever sends this request may ask. */
  mayCall(req: IncomingMessage): boolean | Promise<boolean>;
  /** Where lines are written better; without it the director's stand. */
  readonly model?: ModelAddress | undefined;
  readonly clock?: Clock;
  /** How hard the levels are, where it was measured. */
  readonly levels?: LevelTable;
}

/** The AI game master: what it serves (docs/CONTRACT.md, GM). It keeps nothing that must not be lost. */
export interface GmApi {
  mount(router: Router): void;
  /** Ends what is under way at the model. */
  close(): Promise<void>;
}

const failure = z.object({
  status: z.literal('error'),
  code: z.string(),
  message: z.string(),
  detail: z.unknown(),
});

export function createGmApi(options: GmOptions): GmApi {
  const { ladders, log, mayCall, clock = systemClock, levels = LEVELS } = options;
  const model = options.model && createModel({ ...options.model, clock, log });
  const game: Game = {
    ...{ memory: createMemory(), ladders, levels, model },
    onSaid: (source) => linesSaid.inc({ source }),
  };
  const document = describeRoutes([...callRoutes, ...openRoutes], {
    title: 'AI game master of Arcade Clash',
    description: 'Says lines and directs fights. docs/CONTRACT.md, GM.',
    version: '1',
    wrap: (data) => data,
    failure,
    securitySchemes: {
      internalKey: { type: 'apiKey', in: 'header', name: 'X-Internal-Key' },
      bearer: { type: 'http', scheme: 'bearer' },
    },
    security: [{ internalKey: [] }, { bearer: [] }],
  });
  const wrap = (data: unknown) => data;
  return {
    mount(router) {
      mountJson(router, callRoutes, {
        wrap,
        async enter(req) {
          if (await mayCall(req)) return game;
          throw new AppError(
            'UNAUTHENTICATED',
            'The game master answers this arcade and whoever has its key.',
          );
        },
      });
      mountJson(router, openRoutes, { wrap, enter: () => game });
      router.get('/openapi.json', (_req, res) => sendJson(res, 200, document));
    },
    async close() {
      await model?.close();
    },
  };
}
