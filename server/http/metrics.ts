import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../errors';
import { counter, histogram, type Metrics, metricsText } from '../metrics';
import { sendError } from './envelope';

const requests = counter('arcade_http_requests_total', 'HTTP requests answered', [
  'route',
  'method',
  'status',
]);
const seconds = histogram(
  'arcade_http_request_duration_seconds',
  'Time to the end of the answer; streams excluded',
  [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  ['route'],
);

/** The paths are few and fixed here: a label per path that a client can invent would grow without bound. */
function routeLabel(url: string | undefined): string {
  const path = (url ?? '/').split('?', 1)[0] ?? '/';
  if (path.startsWith('/_next/')) return 'assets';
  const [, first, second] = path.split('/');
  if (first === 'ws') return 'signaling';
  if (first !== 'api') return 'pages';
  return second && ['auth', 'trpc', 'health', 'characters', 'matchups'].includes(second)
    ? `api/${second}`
    : 'api';
}

/** Counts and times a request. */
export function observeRequest(req: IncomingMessage, res: ServerResponse): void {
  const began = performance.now();
  const route = routeLabel(req.url);
  res.once('close', () => {
    requests.inc({ route, method: req.method ?? '', status: String(res.statusCode) });
    const isStream = res.getHeader('content-type') === 'text/event-stream';
    if (!isStream) seconds.observe({ route }, (performance.now() - began) / 1000);
  });
}

/**
 * A server with `GET /metrics`; not yet listening.
 * @param others what processes have counted that are one with this one
 */
export function createMetricsServer(others?: () => Promise<readonly Metrics[]>): Server {
  return createServer((req, res) => {
    if (req.url !== '/metrics') {
      sendError(res, new AppError('NOT_FOUND', 'Only /metrics is here.'));
      return;
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.setHeader('allow', 'GET, HEAD');
      sendError(res, new AppError('METHOD_NOT_ALLOWED', 'This is only read: use GET or HEAD.'));
      return;
    }
    const counted = others ? others().then(metricsText) : metricsText();
    counted.then(
      ({ contentType, text }) => {
        res.writeHead(200, { 'content-type': contentType });
        res.end(text);
      },
      (error: unknown) => sendError(res, error),
    );
  });
}
