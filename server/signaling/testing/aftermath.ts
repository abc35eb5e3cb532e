import { setTimeout as sleep } from 'node:timers/promises';
import { metricsText } from '../../metrics';
import { isTerminal, nextStatus, type SessionAction } from '../../sessions/transitions';
import type { TestArcade } from './arcade';

const ACTIONS: readonly SessionAction[] = [
  'accept',
  'decline',
  'offer',
  'connect',
  'pause',
  'resume',
  'end',
  'fail',
];

/** What an arcade holds that it should not hold once everybody has left and every deadline has passed. */
export async function leftovers(arcade: TestArcade, timersAtStart: number): Promise<Record<string, number>> {
  const sessions = await arcade.db.matchSession.findMany({ select: { id: true, status: true } });
  const { text } = await metricsText();
  const gauge = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    openInDatabase: sessions.filter(({ status }) => !isTerminal(status)).length,
    openSessions: gauge('arcade_sessions_open'),
    lines: gauge('arcade_signaling_lines'),
    players: gauge('arcade_signaling_players'),
    inLobby: gauge('arcade_signaling_lobby_players'),
    waitingMessages: gauge('arcade_signaling_waiting_messages'),
    busyLanes: gauge('arcade_signaling_busy_lanes'),
    timers: arcade.clock.waiting - timersAtStart,
    ...arcade.held(),
  };
}

/** Moves time on until nothing is left, or a few minutes have passed on the arcade's clock. */
export async function settle(arcade: TestArcade, timersAtStart: number): Promise<Record<string, number>> {
  for (let round = 0; ; round += 1) {
    const left = await leftovers(arcade, timersAtStart);
    if (round >= 300 || Object.values(left).every((count) => count === 0)) return left;
    arcade.clock.advance(1_000);
    await sleep(10);
  }
}

/** Sessions whose TRACE is no path through the table of transitions, or does not end where the session stands. */
export async function brokenPaths(arcade: Pick<TestArcade, 'db'>): Promise<string[]> {
  const sessions = await arcade.db.matchSession.findMany({
    select: {
      id: true,
      status: true,
      events: { where: { toStatus: { not: null } }, orderBy: { id: 'asc' } },
    },
  });
  return sessions.flatMap(({ id, status, events }) => {
    const [first, ...moves] = events;
    let at = first?.toStatus;
    const start = first?.type === 'arranged' ? 'accepted' : 'requested';
    let isRight = at === start && first?.fromStatus === null;
    for (const { fromStatus, toStatus } of moves) {
      isRight &&= fromStatus === at && ACTIONS.some((action) => at && nextStatus(at, action) === toStatus);
      at = toStatus;
    }
    return isRight && at === status
      ? []
      : [`${id} ${status}: ${events.map(({ toStatus }) => toStatus).join(' → ')}`];
  });
}
