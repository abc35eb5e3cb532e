import { type HealthSource, overallStatus } from '../health';
import { sendJson } from './envelope';
import type { Handler } from './router';

export const HEALTH_PATH = '/api/health';
export const LIVE_PATH = '/api/health/live';

/**
 * `GET /api/health`: `ok` and `degraded` with 200, `down` with 503, and each part by its name. It says nothing that only
 * an operator should know.
 */
export function healthHandler(source: HealthSource): Handler {
  return async (_req, res) => {
    const parts = await source.health();
    const status = source.isStopping ? 'down' : overallStatus(parts);
    sendJson(res, status === 'down' ? 503 : 200, {
      status,
      ...(source.isStopping ? { isStopping: true } : {}),
      uptimeSeconds: Math.floor(process.uptime()),
      ...parts,
    });
  };
}

/** `GET /api/health/live`: the process answers. For balancers that restart what does not. */
export const liveHandler: Handler = (_req, res) => sendJson(res, 200, { status: 'ok' });
