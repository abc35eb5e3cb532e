import { AppError } from '../errors';
import type { Parts } from '../process/parts';
import { sendJson } from './envelope';
import { type Handler, requestPath } from './server';

export const HEALTH_PATH = '/api/health';

/**
 * `GET /api/health`: 200 and `status: "ok"` while every part is; else 503 and the same report. It says
 * nothing that only an operator should know.
 */
export function healthHandler(parts: Pick<Parts, 'health' | 'isStopping'>): Handler {
  return async (req, res) => {
    const path = requestPath(req);
    if (path !== HEALTH_PATH) throw new AppError('NOT_FOUND', `There is nothing at ${path}.`);
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('allow', 'GET, HEAD');
      throw new AppError('METHOD_NOT_ALLOWED', 'Health is read with GET or HEAD.');
    }
    const report = await parts.health();
    const isDown = Object.values(report).some(({ status }) => status === 'down');
    const status = parts.isStopping ? 'stopping' : isDown ? 'down' : 'ok';
    sendJson(res, status === 'ok' ? 200 : 503, {
      status,
      uptimeSeconds: Math.floor(process.uptime()),
      ...report,
    });
  };
}
