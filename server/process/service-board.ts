import { systemClock } from '../clock';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import type { SwitchKey } from '../flags/flags';
import { type NumberFlags, openNumberFlags } from '../flags/shares';
import { mountProxyHealth } from '../state/proxy-health';
import { publishScenarioRules } from '../state/scenario-rules';
import { type BoardWay, publishServiceBoard } from '../upstream/service-board';
import type { WebNeighbours } from '../upstream/web/neighbours';
import type { Http } from './http';
import type { Composition } from './run';

/** The same neighbours, while admins leave them in use: one that is out of use is asked no more within a second. */
export async function mindUse(
  { parts }: Composition,
  db: Db,
  neighbours: WebNeighbours,
): Promise<WebNeighbours> {
  const flags = await parts.start('switches', () => openNumberFlags(db), { stop: (open) => open.close() });
  return whileInUse(neighbours, flags);
}

/** Calls of what is out of use fail at once with UNAVAILABLE: whoever makes them has another way. */
export function whileInUse(neighbours: WebNeighbours, flags: Pick<NumberFlags, 'isOn'>): WebNeighbours {
  const guarded =
    <Given extends unknown[], Answer>(key: SwitchKey, ask: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (!flags.isOn(key)) throw new AppError('UNAVAILABLE', 'An admin has taken this service out of use.');
      return ask(...given);
    };
  const { ruleEngine, aiGm } = neighbours;
  return {
    ...neighbours,
    ruleEngine: {
      ...ruleEngine,
      validate: guarded('use.rule-engine', ruleEngine.validate),
      calculate: guarded('use.rule-engine', ruleEngine.calculate),
      sessionAdd: guarded('use.rule-engine', ruleEngine.sessionAdd),
    },
    aiGm: {
      ...aiGm,
      narrative: guarded('use.ai-gm', aiGm.narrative),
      npcResponse: guarded('use.ai-gm', aiGm.npcResponse),
      gameTurn: guarded('use.ai-gm', aiGm.gameTurn),
      npcTurn: guarded('use.ai-gm', aiGm.npcTurn),
      history: guarded('use.ai-gm', aiGm.history),
      summary: guarded('use.ai-gm', aiGm.summary),
    },
  };
}

/** What admins and the State Manager's callers see of the services; the editor's questions to the Rule Engine. */
export async function startServiceBoard(
  { parts }: Composition,
  { routes }: Http,
  neighbours: WebNeighbours,
  tickets: { boards(): readonly BoardWay[] },
): Promise<void> {
  mountProxyHealth(routes, { healthOf: neighbours.healthOf, now: () => systemClock.now() });
  await parts.start(
    'service board',
    () => {
      const closeBoard = publishServiceBoard({
        parts: () => parts.health(),
        ways: () => [...tickets.boards(), ...neighbours.report()],
      });
      const closeRules = publishScenarioRules(async (scenario) => {
        const { issues = [] } = await neighbours.ruleEngine.validate({
          session_id: 'editor',
          action_type: 'scenario',
          action_data: { scenario },
        });
        return issues;
      });
      return () => {
        closeRules();
        closeBoard();
      };
    },
    { stop: (close) => close() },
  );
}
