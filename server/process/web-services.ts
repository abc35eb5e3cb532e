import { createGmApi } from '../gm/gm';
import type { ServiceKeys } from '../grpc/internal-auth';
import { HEALTH_PATH, healthHandler, LIVE_PATH, liveHandler } from '../http/health';
import { Router } from '../http/router';
import { closeHttpServer, createHttpServer, listen, stopListening } from '../http/server';
import { bundledLadders } from '../ladders/bundled';
import { roomLogger } from '../logger';
import { createRulesApi } from '../rules/api';
import { nothingElse } from './http';
import type { Composition } from './run';
import { serviceCallers } from './service-callers';

/** Where a service listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** Somebody chose the port: it is that one or none. */
  readonly isChosen: boolean;
}

const VERSION = '0.1.0';

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** An HTTP server of its own for one service. @returns its port */
async function serveAt(
  { config, parts, log }: Composition,
  name: string,
  { host, port, isChosen }: Place,
  mount: (router: Router) => void,
): Promise<number> {
  const { port: bound } = await parts.start(
    name,
    async () => {
      const routes = new Router();
      routes.get(HEALTH_PATH, healthHandler(parts));
      routes.get(LIVE_PATH, liveHandler);
      mount(routes);
      routes.mount('/', nothingElse);
      const server = createHttpServer({ config, routes, log });
      const free = await listen(server, port, host).catch((error: unknown) => {
        // Nobody asked for this port: whatever else is there should not keep an arcade from starting.
        if (isChosen || !isTaken(error)) throw error;
        return listen(server, 0, host);
      });
      if (free !== port && port !== 0)
        log.warn(
          { service: name, port: free, wanted: port },
          'the default port is taken; listening on another',
        );
      else log.info({ service: name, port: free }, 'listening');
      return { server, port: free };
    },
    {
      async stop({ server }) {
        await stopListening(server);
        await closeHttpServer(server);
      },
    },
  );
  return bound;
}

/** The Rule Engine. @returns its port */
export async function startRules(composition: Composition, keys: ServiceKeys, place: Place): Promise<number> {
  const { config, parts } = composition;
  const mayCall = serviceCallers(config, keys, 'arcade.rules');
  const api = await parts.start('rulings', () => createRulesApi({ mayCall, version: VERSION }), {
    stop: (running) => running.close(),
  });
  return serveAt(composition, 'rules', place, (router) => api.mount(router));
}

/** The AI game master, with a model where one is configured. @returns its port */
export async function startGm(composition: Composition, keys: ServiceKeys, place: Place): Promise<number> {
  const { config, parts } = composition;
  const { GM_LLM_URL: url, GM_LLM_MODEL: model, GM_LLM_KEY: key } = config;
  const api = await parts.start(
    'game master',
    () =>
      createGmApi({
        ladders: bundledLadders(),
        log: roomLogger('gm'),
        mayCall: serviceCallers(config, keys, 'arcade.gm'),
        model: url === undefined || model === undefined ? undefined : { url, name: model, key },
      }),
    { stop: (running) => running.close() },
  );
  return serveAt(composition, 'gm', place, (router) => api.mount(router));
}
