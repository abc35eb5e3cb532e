import { sendJson } from '../http/envelope';
import type { Router } from '../http/router';

type Neighbour = 'rule_engine' | 'ai_gm';

/** How a neighbour answered when it was asked for its health. */
type Health =
  | { readonly connected: true; readonly response: unknown }
  | { readonly connected: false; readonly error: string };

export interface ProxyHealth {
  /** Asks once, for 2 s at most; never throws. */
  healthOf(service: Neighbour): Promise<Health>;
  /** Unix ms. */
  now(): number;
}

/** An answer serves everybody who asks within this: the routes are open, and each question is one to a neighbour. Milliseconds. */
const SERVES_MS = 1_000;

const success = (data: unknown) => ({ status: 'success', data, message: null });

/** The name of what went wrong, without its detail. */
const inOneWord = (health: Health) =>
  health.connected ? 'connected' : `disconnected: ${health.error.split(':', 1)[0]}`;

/** Serves how the Rule Engine and the AI game master answer, below `/state/health/proxy`. */
export function mountProxyHealth(router: Router, { healthOf, now }: ProxyHealth): void {
  const known = new Map<Neighbour, { readonly at: number; readonly health: Promise<Health> }>();
  const ask = (service: Neighbour): Promise<Health> => {
    const last = known.get(service);
    if (last && now() - last.at < SERVES_MS) return last.health;
    const health = healthOf(service);
    known.set(service, { at: now(), health });
    return health;
  };
  router.get('/state/health/proxy', async (_req, res) => {
    const [rules, gm] = await Promise.all([ask('rule_engine'), ask('ai_gm')]);
    sendJson(
      res,
      200,
      success({
        status: rules.connected && gm.connected ? 'healthy' : 'degraded',
        services: { rule_engine: inOneWord(rules), gm: inOneWord(gm) },
      }),
    );
  });
  for (const [path, service] of [
    ['rule-engine', 'rule_engine'],
    ['gm', 'ai_gm'],
  ] as const)
    router.get(`/state/health/proxy/${path}`, async (_req, res) =>
      sendJson(res, 200, success(await ask(service))),
    );
}
