import type { Clock } from '../clock';
import type { Db } from '../db/client';
import { changeAffinity } from './affinity';
import { commit } from './committing';
import type { StateContext } from './context';
import { changeEnemyHp, comeBack, defeat, depart, entitiesHere, removeEntity, spawn } from './entities';
import { phases, turn, turnDetails, turns } from './history';
import { earn, inventory, items, setQuantity, use } from './items';
import { end, pause, remove, resume, session, sessions, sweep } from './living';
import { actDetails, context, contextOfPlayer, scenarioOf, sequenceDetails } from './looking';
import { setAct, setLocation, setSequence, shiftAct, shiftSequence } from './moving';
import { changeStats } from './players';
import type { Tx } from './rows/tx';
import { createVersionCache } from './rows/versions';
import { scenarioEntries } from './scenario-list';
import { exportScenario, inject, listScenarios, scenarioInfo, validate } from './scenarios';
import { start } from './starting';
import {
  phasePattern,
  phaseSummary,
  turnDurations,
  turnsByPhase,
  turnsByType,
  turnsSummary,
} from './statistics';
import { phase, setPhase, writeTurn } from './turning';

/** A transaction waits so long for a connection, and takes at most so long. */
const TRANSACTION = { maxWait: 10_000, timeout: 20_000 } as const;

/** Everything that can be asked and done, without the context. What each function promises stands at the function. */
function bindAll(ctx: StateContext) {
  const of =
    <Rest extends unknown[], Answer>(act: (ctx: StateContext, ...rest: Rest) => Answer) =>
    (...rest: Rest): Answer =>
      act(ctx, ...rest);
  return {
    validate,
    ...{ inject: of(inject), exportScenario: of(exportScenario) },
    ...{ scenarioInfo: of(scenarioInfo), listScenarios: of(listScenarios), scenarioOf: of(scenarioOf) },
    scenarioEntries: of(scenarioEntries),
    ...{ start: of(start), pause: of(pause), resume: of(resume), end: of(end) },
    ...{ session: of(session), sessions: of(sessions), remove: of(remove), sweep: of(sweep) },
    ...{ commit: of(commit), context: of(context), contextOfPlayer: of(contextOfPlayer) },
    ...{ phase: of(phase), setPhase: of(setPhase), writeTurn: of(writeTurn) },
    ...{ setAct: of(setAct), shiftAct: of(shiftAct), actDetails: of(actDetails) },
    ...{ setSequence: of(setSequence), shiftSequence: of(shiftSequence) },
    ...{ sequenceDetails: of(sequenceDetails), setLocation: of(setLocation) },
    ...{ entitiesHere: of(entitiesHere), spawn: of(spawn), removeEntity: of(removeEntity) },
    ...{ depart: of(depart), comeBack: of(comeBack) },
    ...{ changeEnemyHp: of(changeEnemyHp), defeat: of(defeat) },
    ...{ changeAffinity: of(changeAffinity), changeStats: of(changeStats) },
    ...{ items: of(items), inventory: of(inventory) },
    ...{ earn: of(earn), use: of(use), setQuantity: of(setQuantity) },
    ...{ turns: of(turns), turn: of(turn), turnDetails: of(turnDetails), phases: of(phases) },
    ...{ turnsByPhase: of(turnsByPhase), turnsByType: of(turnsByType) },
    ...{ turnDurations: of(turnDurations), turnsSummary: of(turnsSummary) },
    ...{ phaseSummary: of(phaseSummary), phasePattern: of(phasePattern) },
  };
}

export type StateFunctions = ReturnType<typeof bindAll>;

/** The State Manager: sessions of scenarios, and all that happens in them. */
export interface StateManager extends StateFunctions {
  /** The same inside the caller's transaction: all of it happens when that commits, or nothing. */
  within(tx: Tx): StateFunctions;
}

/**
 * @param clock says when things happen; sessions have no timers
 * @param bundledTitles of scenarios that come with the arcade: only `isBundled` injections write them
 */
export function createStateManager({
  db,
  clock,
  bundledTitles = new Set(),
}: {
  readonly db: Db;
  readonly clock: Clock;
  readonly bundledTitles?: ReadonlySet<string>;
}): StateManager {
  const shared = { clock, versions: createVersionCache(), bundledTitles };
  const own: StateContext = { ...shared, db, change: (work) => db.$transaction(work, TRANSACTION) };
  return {
    ...bindAll(own),
    within: (tx) => bindAll({ ...shared, db: tx, change: (work) => work(tx) }),
  };
}
