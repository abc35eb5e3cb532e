import { systemClock } from '../clock';
import type { Db } from '../db/client';
import { roomLogger } from '../logger';
import type { RunningQueue } from '../tournaments/queue/create-queue';
import { createTournaments } from '../tournaments/tournaments';
import type { Composition } from './run';
import type { SessionDesk } from './signaling';
import type { Hearing } from './ticket-domain';

/**
 * What moves tournaments, arenas and rooms along, in every process that has a queue; fights are arranged where the
 * sessions are.
 */
export async function startTournaments(
  { parts }: Composition,
  db: Db,
  { queue, mirror }: { readonly queue: RunningQueue; readonly mirror: Hearing | undefined },
  fights?: SessionDesk,
): Promise<void> {
  const tournaments = await parts.start(
    'tournaments',
    () =>
      createTournaments({
        db,
        clock: systemClock,
        log: roomLogger('tournaments'),
        sessions: fights?.sessions,
        desk: { queue },
        seats: mirror,
      }),
    { stop: (running) => running.close() },
  );
  fights?.onSettled(() => tournaments.nudge());
}
