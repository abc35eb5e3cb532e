import { type Clock, systemClock } from '../../clock';
import type { BoardReport } from '../guard';
import { type AiGm, aiGmOver } from './ai-gm';
import type { WebHealth } from './call';
import type { WebService } from './failures';
import type { WebLog } from './log';
import { Neighbour } from './neighbour';
import { type WebPolicyConfig, webPolicy } from './policy';
import { type RuleEngine, ruleEngineOver } from './rule-engine';
import { Tokens, type TokensConfig, type VerifyToken } from './tokens';

export interface WebNeighboursOptions {
  readonly config: WebPolicyConfig & TokensConfig;
  readonly log: WebLog;
  /** Base URLs as they are when a call is made. */
  readonly addresses: Readonly<Record<WebService, () => string>>;
  /** What shows a service of ours that it is us, whatever `PROXY_AUTH` says; nothing for somebody else's. */
  ownHeaders?(service: WebService): Readonly<Record<string, string>>;
  /** Needed for `PROXY_AUTH=jwt`. */
  readonly verifyToken?: VerifyToken | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** The services behind the proxy. */
export interface WebNeighbours {
  readonly ruleEngine: RuleEngine;
  readonly aiGm: AiGm;
  /** Asks for its `GET /health` once, for 2 s at most; never throws. */
  healthOf(service: WebService): Promise<WebHealth>;
  /** How each is doing, as this process sees it. */
  report(): readonly BoardReport[];
  /** What is under way fails, and every connection is closed when it resolves. */
  close(): Promise<void>;
}

/**
 * Opens the way to the Rule Engine and the AI game master.
 * @throws when the configuration asks for what there is not (`PROXY_AUTH=jwt` without `verifyToken`)
 */
export function createWebNeighbours(options: WebNeighboursOptions): WebNeighbours {
  const { config, log, addresses, verifyToken, clock = systemClock, random = Math.random } = options;
  const own = (service: WebService) => ({ ownHeaders: () => options.ownHeaders?.(service) ?? {} });
  const common = { policy: webPolicy(config), tokens: new Tokens(config, verifyToken), log, clock, random };
  const neighbours: Readonly<Record<WebService, Neighbour>> = {
    rule_engine: new Neighbour({
      ...common,
      ...own('rule_engine'),
      service: 'rule_engine',
      address: addresses.rule_engine,
    }),
    ai_gm: new Neighbour({ ...common, ...own('ai_gm'), service: 'ai_gm', address: addresses.ai_gm }),
  };
  const all = Object.values(neighbours);
  return {
    ruleEngine: ruleEngineOver(neighbours.rule_engine),
    aiGm: aiGmOver(neighbours.ai_gm),
    healthOf: (service) => neighbours[service].health(),
    report: () => all.map((neighbour) => neighbour.board()),
    async close() {
      await Promise.all(all.map((neighbour) => neighbour.close()));
    },
  };
}
