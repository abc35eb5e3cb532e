import { AppError } from '../errors';
import type { Parts } from '../process/parts';
import { sendError, sendJson } from './envelope';
import type { Handler } from './server';

/**
 * `GET /api/health`: 200 and `status: "ok"` while every part is; else 503 and the same report. It says
 * nothing that only an operator should know.
 */
export function healthHandler(parts: Pick<Parts, 'health' | 'isStopping'>): Handler {
  return async (req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      sendError(res, new AppError('BAD_REQUEST', 'Health is read with GET.'));
      return;
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
