import { z } from 'zod';
import { overallStatus, type PartHealth } from '../health';
import { sendJson } from '../http/envelope';
import type { Router } from '../http/router';
import type { ApiRoute } from './openapi';

const SERVICE = 'arcade-clash';
/** What only a build would know. */
const UNKNOWN = 'unknown';

function route(path: string, summary: string, output: z.ZodType): ApiRoute {
  const id = `get_${path.slice(1)}`;
  const common = {
    tag: 'health',
    access: 'anybody',
    needsKey: false,
    input: undefined,
    success: 200,
  } as const;
  return { method: 'get', path, id, summary, output, ...common };
}

/** `GET /healthz`, `/readyz` and `/version`, as the public gateway has them: asked by probes, never counted. */
export function probes(parts: {
  health(): Promise<Readonly<Record<string, PartHealth>>>;
  readonly version: string;
}): { readonly routes: readonly ApiRoute[]; mount(router: Router): void } {
  return {
    routes: [
      route(
        '/healthz',
        'The process answers',
        z.object({ service: z.string(), status: z.literal('healthy'), timestamp: z.iso.datetime() }),
      ),
      route('/readyz', 'Every part works; 503 while one is down', z.object({ status: z.literal('ready') })),
      route(
        '/version',
        'What runs here',
        z.object({ service: z.string(), version: z.string(), commit: z.string(), built: z.string() }),
      ),
    ],
    mount(router) {
      router.get('/healthz', (_req, res) =>
        sendJson(res, 200, { service: SERVICE, status: 'healthy', timestamp: new Date().toISOString() }),
      );
      router.get('/readyz', async (_req, res) => {
        const isReady = overallStatus(await parts.health()) !== 'down';
        sendJson(res, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready' });
      });
      router.get('/version', (_req, res) =>
        sendJson(res, 200, { service: SERVICE, version: parts.version, commit: UNKNOWN, built: UNKNOWN }),
      );
    },
  };
}
