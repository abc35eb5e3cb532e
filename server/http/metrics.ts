import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { AppError } from '../errors';
import { sendError } from './envelope';

/** Counts and times every request. */
export interface HttpMetrics {
  observe(req: IncomingMessage, res: ServerResponse): void;
}

export interface Metrics {
  readonly http: HttpMetrics;
  /** A number that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void;
  /** A server with `GET /metrics` in Prometheus' text format; not yet listening. */
  createServer(): Server;
}

/** The paths are few and fixed here: a label per path that a client can invent would grow without bound. */
function routeLabel(url: string | undefined): string {
  const path = (url ?? '/').split('?', 1)[0] ?? '/';
  if (path.startsWith('/_next/')) return 'assets';
  const [, first, second] = path.split('/');
  if (first !== 'api') return 'pages';
  return second && ['auth', 'trpc', 'health', 'characters', 'matchups'].includes(second)
    ? `api/${second}`
    : 'api';
}

/** The process's own metrics, the HTTP server's, and those that parts register. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['route', 'method', 'status'] as const;
  const requests = new Counter({
    name: 'arcade_http_requests_total',
    help: 'HTTP requests answered',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'arcade_http_request_duration_seconds',
    help: 'Time to the end of the answer; streams excluded',
    labelNames: ['route'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });

  return {
    http: {
      observe(req, res) {
        const began = performance.now();
        const route = routeLabel(req.url);
        res.once('close', () => {
          requests.inc({ route, method: req.method ?? '', status: String(res.statusCode) });
          const isStream = res.getHeader('content-type') === 'text/event-stream';
          if (!isStream) seconds.observe({ route }, (performance.now() - began) / 1000);
        });
      },
    },
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read());
        },
      });
    },
    createServer: () =>
      createServer((req, res) => {
        if (req.url !== '/metrics' || req.method !== 'GET') {
          sendError(res, new AppError('NOT_FOUND', 'Only GET /metrics is here.'));
          return;
        }
        registry.metrics().then(
          (text) => {
            res.writeHead(200, { 'content-type': registry.contentType });
            res.end(text);
          },
          (error: unknown) => sendError(res, error),
        );
      }),
  };
}
