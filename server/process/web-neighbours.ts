import { verifyApiToken } from '../auth/api-token';
import type { Db } from '../db/client';
import { roomLogger } from '../logger';
import type { WebService } from '../upstream/web/failures';
import { createWebNeighbours, type WebNeighbours } from '../upstream/web/neighbours';
import type { Composition } from './run';
import type { Secrets } from './secrets';
import { ownHeaders, type WebServiceName } from './service-callers';
import { startGm, startRules } from './web-services';

const OWN: Readonly<Record<WebService, WebServiceName>> = {
  rule_engine: 'arcade.rules',
  ai_gm: 'arcade.gm',
};
const PART: Readonly<Record<WebService, string>> = { rule_engine: 'rule engine', ai_gm: 'ai gm' };

/**
 * The Rule Engine and the AI game master: where the configuration says they are, else here on loopback. The arcade can do
 * without either.
 */
export async function openWebNeighbours(
  composition: Composition,
  db: Db,
  secrets: Secrets,
): Promise<WebNeighbours> {
  const { config, parts } = composition;
  const given: Readonly<Record<WebService, string | undefined>> = {
    rule_engine: config.RULE_ENGINE_URL,
    ai_gm: config.AI_GM_URL,
  };
  const ports: Partial<Record<WebService, number>> = {};
  if (given.rule_engine === undefined)
    ports.rule_engine = await startRules(composition, secrets, {
      host: '127.0.0.1',
      port: config.RULES_PORT,
      isChosen: config.isRulesPortChosen,
    });
  if (given.ai_gm === undefined)
    ports.ai_gm = await startGm(composition, secrets, {
      host: '127.0.0.1',
      port: config.GM_PORT,
      isChosen: config.isGmPortChosen,
    });
  const addressOf = (service: WebService) => given[service] ?? `http://127.0.0.1:${ports[service]}`;
  const neighbours = await parts.start(
    'http neighbours',
    () =>
      createWebNeighbours({
        config,
        log: roomLogger('upstream'),
        addresses: { rule_engine: () => addressOf('rule_engine'), ai_gm: () => addressOf('ai_gm') },
        // What opens a service of ours is shown to nobody else.
        ownHeaders: (service) => (given[service] === undefined ? ownHeaders(secrets, OWN[service]) : {}),
        verifyToken: (token) => verifyApiToken(token, db),
      }),
    { stop: (open) => open.close() },
  );
  for (const service of ['rule_engine', 'ai_gm'] as const)
    await parts.start(PART[service], () => neighbours, {
      isDispensable: true,
      async health(open) {
        const health = await open.healthOf(service);
        return health.connected ? { status: 'ok' } : { status: 'down', message: health.error };
      },
    });
  return neighbours;
}
