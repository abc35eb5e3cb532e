import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Cluster } from '../../cluster/cluster';
import { asAppError } from '../../errors';
import { contextOf, sessionsHere, startSweeps } from '../here';
import { findPending } from '../rows/store';
import type { Sessions, SessionsOptions } from '../sessions';
import { SWEEP_EVERY_MS } from '../sweep';
import { createAdoption } from './adopt';
import { type Answers, type Args, CALLS, type Call, type CallName, calling } from './calls';
import { createComings } from './comings';
import { createKeeping } from './keeping';
import { createSharedCustody, outOfReach } from './shared-custody';

const CALL = 'session-call';
const PROBE = 'session-probe';
const probed = z.tuple([
  z.string(),
  z.string(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
]);

/**
 * How long an edge tries to reach the node that leads a session while that is taken over from one that is gone: pages wait 8 s
 * for an answer.
 */
const TAKE_OVER_MS = 7_000;
const TRY_AGAIN_MS = 150;

/** For what nobody noticed when a node went. */
const LOOK_EVERY_MS = 15_000;

/**
 * The sessions of an arcade of several nodes. Each session is led by one of them, the one where it began; the others are its
 * edges and hand on what its players send there. When its node is gone another takes it over.
 */
export function createSharedSessions(options: Omit<SessionsOptions, 'cluster'>, cluster: Cluster): Sessions {
  const { nodes, bus } = cluster;
  const { log, clock } = options;
  const custody = createSharedCustody({
    cluster,
    changed: ({ players }) => players.forEach((playerId) => void options.statusChanged(playerId)),
    buried: (sessionId) => ctx.live.bury(sessionId),
  });
  const ctx = contextOf(options, custody);
  const here = sessionsHere(ctx);
  const adoption = createAdoption(ctx, cluster, custody);
  const keeping = createKeeping({
    ...{ own: nodes.own, log, held: () => custody.held(), claim: (id) => custody.claim(id) },
    lost(sessionId) {
      ctx.live.forget(sessionId);
      custody.letGo(sessionId);
    },
    done: () => void comings.catchUp(),
  });
  /** After a cut nothing is done to what another node may have taken over. */
  const mayAct = (): boolean => nodes.isCounted && !keeping.isUnderWay;

  const comings = createComings({ here, log, mayAct, isOnline: (playerId) => options.isOnline(playerId) });

  /** @throws {AppError} UNAVAILABLE */
  function assertMayAct(): void {
    if (!mayAct()) throw outOfReach();
  }

  function adoptSoon(): void {
    adoption
      .all()
      .catch((err: unknown) =>
        log.warn({ err }, 'sessions of a node that is gone could not be taken over yet'),
      );
  }

  async function leaderOf(sessionId: string): Promise<string> {
    if (ctx.live.get(sessionId)) return nodes.own;
    return custody.leaderElsewhere(sessionId) ?? (await adoption.one(sessionId));
  }

  async function run<K extends CallName>(name: K, args: Args[K]): Promise<Answers[K]> {
    const row: Call<Args[K], Answers[K]> = CALLS[name];
    return row.run(here, args);
  }

  async function ask<K extends CallName>(nodeId: string, name: K, args: Args[K]): Promise<Answers[K]> {
    const row: Call<Args[K], Answers[K]> = CALLS[name];
    return row.answer.parse(await bus.ask(nodeId, CALL, { name, args }));
  }

  /** What an edge asks for. */
  async function serve<K extends CallName>(name: K, args: unknown): Promise<Answers[K]> {
    const row: Call<Args[K], Answers[K]> = CALLS[name];
    return run(name, row.args.parse(args));
  }

  /** Does it where the session is led. What a node that is gone may have done or not is asked again of its heir. */
  async function led<K extends CallName>(sessionId: string, name: K, args: Args[K]): Promise<Answers[K]> {
    const until = performance.now() + TAKE_OVER_MS;
    for (;;) {
      assertMayAct();
      const leader = await leaderOf(sessionId);
      if (leader === nodes.own) return run(name, args);
      try {
        return await ask(leader, name, args);
      } catch (error) {
        if (asAppError(error)?.detail?.gone !== true || performance.now() > until) throw error;
      }
      await delay(TRY_AGAIN_MS);
    }
  }

  bus.answer(CALL, async (data) => {
    assertMayAct();
    const { name, args } = calling.parse(data);
    return serve(name, args);
  });

  bus.hear(PROBE, (data) => {
    try {
      here.probe(...probed.parse(data));
    } catch (error) {
      // Nobody is told where one does not arrive.
      if (!asAppError(error)) throw error;
    }
  });

  nodes.onGone(adoptSoon);
  nodes.onMended(() => keeping.begin());

  const stopLooking = clock.every(LOOK_EVERY_MS, () => {
    if (nodes.isCounted) adoptSoon();
  });
  const stopSweeps = startSweeps(ctx, mayAct);
  // A cut that nobody else noticed ends without a word.
  const stopCatchingUp = clock.every(SWEEP_EVERY_MS, () => void comings.catchUp());
  const ready = custody.ready.then(() => adoption.all());
  ready.catch((err: unknown) => log.error({ err }, 'sessions that nobody led could not be taken over'));

  /** The request that an answer means, where it does not say. */
  async function named(
    answer: { readonly requesterId: string; readonly sessionId: string | undefined },
    by: string,
  ) {
    return answer.sessionId ?? (await findPending(ctx.db, answer.requesterId, by))?.id;
  }

  return {
    ready,
    challenge: (request) => here.challenge(request),
    async accept(answer) {
      const sessionId = await named(answer, answer.accepterId);
      return sessionId === undefined
        ? here.accept(answer)
        : led(sessionId, 'accept', [{ ...answer, sessionId }]);
    },
    async decline(answer) {
      const sessionId = await named(answer, answer.declinerId);
      return sessionId === undefined
        ? here.decline(answer)
        : led(sessionId, 'decline', [{ ...answer, sessionId }]);
    },
    cancel: (request) => led(request.sessionId, 'cancel', [request]),
    async leaveRequests(playerId) {
      const others = custody.elsewhere.requestsOf(playerId).map((nodeId) =>
        // They end by themselves, too.
        ask(nodeId, 'leaveRequests', [playerId]).catch((err: unknown) =>
          log.warn({ err }, 'requests at another node could not be ended'),
        ),
      );
      await Promise.all([here.leaveRequests(playerId), ...others]);
    },
    arrange: (match) => here.arrange(match),
    relay: (route, signal) => led(route.sessionId, 'relay', [route, signal]),
    peerConnected: (sessionId, ...told) =>
      led(sessionId, 'peerConnected', [sessionId, told[0], told[1] ?? {}]),
    peerFailed: (...told) => led(told[0], 'peerFailed', told),
    pushInputs: (...pushed) => led(pushed[0], 'pushInputs', pushed),
    pushOwnInputs: (...pushed) => led(pushed[0], 'pushOwnInputs', pushed),
    relayData: (...passed) => led(passed[0], 'relayData', passed),
    matchHistory: (...asked) => led(asked[0], 'matchHistory', asked),
    probe(sessionId, playerId, data) {
      const leader = ctx.live.get(sessionId) ? undefined : custody.leaderElsewhere(sessionId);
      if (leader === undefined) here.probe(sessionId, playerId, data);
      else bus.tell(leader, PROBE, [sessionId, playerId, data]);
    },
    opponentIn: (...asked) => here.opponentIn(...asked),
    requestsRefusedUntil: (playerId) => here.requestsRefusedUntil(playerId),
    quickMatchRefusedUntil: (playerId) => here.quickMatchRefusedUntil(playerId),
    leave: (...left) => led(left[0], 'leave', left),
    pause: (...said) => led(said[0], 'pause', said),
    resume: (...said) => led(said[0], 'resume', said),
    claimResult: (...claimed) => here.claimResult(...claimed),
    playerBack: (playerId) => comings.back(playerId),
    playerGone: (playerId, isNodeGone) => comings.gone(playerId, isNodeGone),
    matchOf: (playerId) => here.matchOf(playerId) ?? custody.elsewhere.matchOf(playerId),
    isOnline: (playerId) => options.isOnline(playerId),
    async takeOver(sessionId, playerId, clientId, act) {
      assertMayAct();
      if ((await leaderOf(sessionId)) === nodes.own) return here.takeOver(sessionId, playerId, clientId, act);
      await led(sessionId, 'mayTakeOver', [sessionId, playerId]);
      // The node that leads it hears of the new line, and tells it how the match stands.
      if (act()) await led(sessionId, 'noteTakeOver', [sessionId, playerId, clientId]);
    },
    async close() {
      stopLooking();
      stopCatchingUp();
      keeping.close();
      await stopSweeps();
      await ctx.finish();
    },
  };
}
