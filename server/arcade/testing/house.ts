import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createGmApi } from '../../gm/gm';
import { createDirector } from '../../gm/in-process';
import { ANNOUNCER_LINES } from '../../gm/lines';
import { Router } from '../../http/router';
import { closeHttpServer, createHttpServer, listen } from '../../http/server';
import { config } from '../../http/testing/config';
import { readLadders } from '../../ladders/ladders';
import short from '../../ladders/testing/short.json';
import { createRulesApi } from '../../rules/api';
import { calculateInput } from '../../rules/calculate-input';
import { createSimulators } from '../../rules/simulators';
import { createStateManager, type StateManager } from '../../state/state-manager';
import { createTestClock, type TestClock } from '../../state/testing/house';
import { FEES, playerAccount } from '../../tournaments/ledger/accounts';
import { transfer } from '../../tournaments/ledger/ledger';
import { wallet } from '../../tournaments/ledger/wallet';
import { neighboursAt } from '../../upstream/web/testing/neighbours';
import { type Arcade, createArcade } from '../arcade';
import type { ArcadeContext, Climber, KnownLadder } from '../context';
import { knownLadders } from '../known-ladders';
import { createNarrator, type GameMaster } from '../narrator';
import { createReferee, type RuleEngine } from '../referee';
import { keepStory } from '../story-keeper';
import { prizeYard } from './yard';

/** Keys of the ladders that come with the arcade of a test. */
export const PRIZES = 'prizes';
export const SHORT = 'short';

/** Whom an arcade asks; those that are not named are the real ones of the house. */
export interface Neighbours {
  readonly ruleEngine?: RuleEngine;
  readonly gameMaster?: GameMaster;
}

/** An arcade with everything around it: a database, the State Manager, a Rule Engine and a game master over HTTP. */
export interface House {
  readonly database: TestDatabase;
  readonly state: StateManager;
  readonly clock: TestClock;
  readonly arcade: Arcade;
  readonly warnings: readonly object[];
  /** Another arcade process on the same database, which knows nothing that is not written down. */
  another(neighbours?: Neighbours): Arcade;
  /** Somebody new. */
  somebody(language?: 'en' | 'ko'): Promise<Climber>;
  /** The way to a Rule Engine and a game master at an address. */
  at(address: string): Required<Neighbours> & { close(): Promise<void> };
  close(): Promise<void>;
}

async function serve(mount: (router: Router) => void) {
  const routes = new Router();
  mount(routes);
  const server = createHttpServer({ config, routes, log: console });
  const port = await listen(server, 0, '127.0.0.1');
  return { address: `http://127.0.0.1:${port}`, close: () => closeHttpServer(server) };
}

function purseOf({ db }: TestDatabase): ArcadeContext['purse'] {
  return {
    balance: async (userId) => (await wallet(db, userId)).balance,
    async pay(tx, { userId, coins, key, reason }) {
      const entries = [
        { accountId: playerAccount(userId), amount: -coins },
        { accountId: FEES, amount: coins },
      ];
      await transfer(tx, { key, kind: 'fee', reason, actorId: userId, entries });
    },
  };
}

/** The way to neighbours over HTTP. */
function over(ruleAddress: string, gmAddress: string): Required<Neighbours> & { close(): Promise<void> } {
  const rules = neighboursAt(ruleAddress);
  const gm = neighboursAt(gmAddress);
  return {
    async ruleEngine(session_id, action_result, signal) {
      const ruling = await rules.ruleEngine.calculate({ session_id, action_result }, { signal });
      if (ruling.kind === 'exchange') throw new Error('a fight was ruled on as an exchange');
      return ruling;
    },
    gameMaster: (question, signal) => gm.aiGm.narrative(question, { signal }),
    async close() {
      await Promise.all([rules.close(), gm.close()]);
    },
  };
}

export async function openHouse(): Promise<House> {
  const database = await createTestDatabase();
  const clock = createTestClock();
  const state = createStateManager({ db: database.db, clock });
  const { scenario, ladder } = prizeYard();
  const ladders = readLadders([{ ...short, metadata: withCharacter(2) }, scenario]);
  const rulesApi = createRulesApi({ mayCall: () => true, version: '0.1.0' });
  const gmApi = createGmApi({ ladders, log: { warn: () => {} }, mayCall: () => true });
  const rules = await serve((router) => rulesApi.mount(router));
  const gm = await serve((router) => gmApi.mount(router));
  const real = over(rules.address, gm.address);
  const simulators = createSimulators();
  const bundled: KnownLadder[] = [];
  for (const [key, one] of [
    [SHORT, ladders.all[0]],
    [PRIZES, { scenario, ladder }],
  ] as const) {
    if (!one) throw new Error('no ladder');
    const { id } = await state.inject(one.scenario);
    bundled.push({ key, scenarioId: id, isBundled: true, scenario: one.scenario, ladder: one.ladder });
  }
  const ours: RuleEngine = async (session_id, action_result, signal) => {
    const ruling = await simulators.calculate(calculateInput.parse({ session_id, action_result }), signal);
    if (ruling.kind === 'exchange') throw new Error('a fight was ruled on as an exchange');
    return ruling;
  };
  const warnings: object[] = [];
  const log = {
    warn: (fields: object) => void warnings.push(fields),
    error: (fields: object) => void warnings.push(fields),
  };
  let seeds = 0;
  let people = 0;
  const another = ({ ruleEngine = real.ruleEngine, gameMaster = real.gameMaster }: Neighbours = {}) =>
    createArcade({
      db: database.db,
      clock,
      log,
      story: keepStory(state),
      narrator: createNarrator({ theirs: gameMaster, ours: createDirector(), common: ANNOUNCER_LINES, log }),
      referee: createReferee({ theirs: ruleEngine, ours, log }),
      purse: purseOf(database),
      ladders: knownLadders(state, bundled, clock, log),
      seed: () => {
        seeds += 1;
        return seeds;
      },
    });
  // The threads are there before the first fight is ruled on: here their start is not what is looked at.
  const warm = {
    kind: 'arcade',
    seed: 1,
    characters: [1, 2],
    opponent: { level: 1, seed: 1, pace: 0 },
    inputs: '',
  } as const;
  await Promise.all(
    [ours, real.ruleEngine].map((engine) =>
      engine('warm', { ...warm, characters: [1, 2] }, new AbortController().signal),
    ),
  );
  return {
    ...{ database, state, clock, warnings, another },
    arcade: another(),
    async somebody(language = 'en') {
      people += 1;
      const username = `climber${people}`;
      const { id } = await database.db.user.create({ data: { username, usernameKey: username } });
      return { playerId: id, language };
    },
    at: (address) => over(address, address),
    async close() {
      await real.close();
      await Promise.all([rules.close(), gm.close(), rulesApi.close(), gmApi.close(), simulators.close()]);
      await database.drop();
    },
  };
}

/** The short ladder's own metadata, for another character: a game master keeps one ladder a character. */
function withCharacter(character: number) {
  return { ladder: { ...short.metadata.ladder, character } };
}
