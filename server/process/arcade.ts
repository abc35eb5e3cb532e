import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import { createArcade } from '../arcade/arcade';
import type { KnownLadder, Purse } from '../arcade/context';
import { knownLadders } from '../arcade/known-ladders';
import { createNarrator, type GameMaster } from '../arcade/narrator';
import { publishArcade } from '../arcade/published';
import { createReferee, type RuleEngine } from '../arcade/referee';
import { keepStory } from '../arcade/story-keeper';
import { systemClock } from '../clock';
import type { Db } from '../db/client';
import { AppError } from '../errors';
import { createDirector } from '../gm/in-process';
import { ANNOUNCER_LINES } from '../gm/lines';
import { bundledLadders } from '../ladders/bundled';
import { roomLogger } from '../logger';
import { startRulings } from '../records/ruling-job';
import { calculateInput } from '../rules/calculate-input';
import { createSimulators } from '../rules/simulators';
import { publishState } from '../state/published';
import { mountState } from '../state/serve-http';
import { createStateManager, type StateManager } from '../state/state-manager';
import { FEES, playerAccount } from '../tournaments/ledger/accounts';
import { transfer } from '../tournaments/ledger/ledger';
import { wallet } from '../tournaments/ledger/wallet';
import type { WebNeighbours } from '../upstream/web/neighbours';
import type { Http } from './http';
import type { Composition } from './run';
import type { Served } from './ticket-surface';

/** Sessions that ended long ago are forgotten this often. */
const SWEEP_MS = 60_000;

/** The State Manager, and `/state` where there is an HTTP server for it. */
export async function startState(
  { parts }: Composition,
  db: Db,
  http: Http,
  { callers }: Pick<Served, 'callers'>,
): Promise<StateManager> {
  const log = roomLogger('state');
  const state = createStateManager({
    ...{ db, clock: systemClock },
    bundledTitles: new Set(bundledLadders().all.map(({ scenario }) => scenario.title)),
  });
  mountState(http.routes, {
    state,
    callerOf: (req) => callers.ofHttp(req, 'caller', ''),
    probe: () => db.$queryRaw`select 1`,
    now: () => systemClock.now(),
  });
  await parts.start(
    'state',
    () => {
      const close = publishState(state);
      const stopSweeping = systemClock.every(SWEEP_MS, () => {
        state.sweep().catch((err: unknown) => log.warn({ err }, 'old sessions could not be swept'));
      });
      return () => {
        stopSweeping();
        close();
      };
    },
    { stop: (close) => close() },
  );
  return state;
}

/** Arcade mode: ladders, runs, and who directs and judges them. */
export async function startArcade(
  { parts }: Composition,
  db: Db,
  state: StateManager,
  neighbours: WebNeighbours,
): Promise<void> {
  const log = roomLogger('arcade');
  const bundled: KnownLadder[] = [];
  for (const { id: key, scenario, ladder } of bundledLadders().all) {
    const { id: scenarioId } = await state.inject(scenario, { isBundled: true });
    bundled.push({ key, scenarioId, isBundled: true, scenario, ladder });
  }
  const simulators = await parts.start('simulators', () => createSimulators(), {
    stop: (running) => running.close(),
  });
  const ours: RuleEngine = async (session_id, action_result, signal) => {
    const ruling = await simulators.calculate(calculateInput.parse({ session_id, action_result }), signal);
    if (ruling.kind === 'exchange') throw new AppError('INTERNAL', 'A fight was ruled on as an exchange.');
    return ruling;
  };
  await parts.start(
    'arcade',
    () =>
      publishArcade(
        createArcade({
          db,
          clock: systemClock,
          log,
          ladders: knownLadders(state, bundled, systemClock, log),
          story: keepStory(state),
          narrator: createNarrator({
            theirs: askGameMaster(neighbours),
            ours: createDirector(),
            common: ANNOUNCER_LINES,
            log,
          }),
          referee: createReferee({ theirs: askRuleEngine(neighbours), ours, log }),
          purse: purseOf(db),
          seed: () => randomInt(0, 0x1_0000_0000),
        }),
      ),
    { stop: (close) => close() },
  );
}

/** After each verdict of the judge the Rule Engine is asked for a second ruling, which delays and changes nothing. */
export async function startSecondRulings(
  { parts }: Composition,
  db: Db,
  neighbours: WebNeighbours,
): Promise<void> {
  const log: Pick<Logger, 'warn'> = roomLogger('records');
  await parts.start(
    'second rulings',
    () =>
      startRulings({
        db,
        source: 'rule engine',
        log,
        calculate: (session_id, action_result, signal) =>
          neighbours.ruleEngine.calculate({ session_id, action_result }, { signal }),
      }),
    { stop: (job) => job.close() },
  );
}

const askGameMaster =
  ({ aiGm }: WebNeighbours): GameMaster =>
  ({ session_id, prompt_type, context }, signal) =>
    aiGm.narrative({ session_id, prompt_type, context }, { signal });

const askRuleEngine =
  ({ ruleEngine }: WebNeighbours): RuleEngine =>
  async (session_id, action_result, signal) => {
    const ruling = await ruleEngine.calculate({ session_id, action_result }, { signal });
    if (ruling.kind === 'exchange')
      throw new AppError('UNAVAILABLE', 'The rule engine ruled on a fight as an exchange.');
    return ruling;
  };

function purseOf(db: Db): Purse {
  return {
    async balance(userId) {
      return (await wallet(db, userId)).balance;
    },
    async pay(tx, { userId, coins, key, reason }) {
      await transfer(tx, {
        key,
        kind: 'fee',
        reason,
        actorId: userId,
        entries: [
          { accountId: playerAccount(userId), amount: -coins },
          { accountId: FEES, amount: coins },
        ],
      });
    },
  };
}
