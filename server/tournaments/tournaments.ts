import type { Logger } from 'pino';
import type { Clock } from '../clock';
import type { PrismaClient } from '../db/generated/client';
import { runArenas } from './arena/run';
import { callPairings, type Floor } from './brackets/calling';
import type { SeatMirror } from './reservations/mirror/mirror';
import type { RoomDesk } from './rooms/entering';
import { runRooms } from './rooms/run';
import { moveTournaments } from './running/lifecycle';

export type { Floor } from './brackets/calling';

/** How often everything is looked at. */
const TICK_MS = 500;

export interface TournamentsOptions {
  readonly db: PrismaClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where fights are arranged; undefined in a process without signaling, which moves tournaments along and calls nobody. */
  readonly sessions: Floor | undefined;
  /** Where rooms queue; undefined where no queue runs: rooms then stand still. */
  readonly desk: RoomDesk | undefined;
  /** What another service tells of the seats that it keeps: no bracket is drawn up without it. */
  readonly seats?: Pick<SeatMirror, 'isSettled'> | undefined;
}

export interface Tournaments {
  /** Something has happened, a fight has ended say: looks now instead of with the next tick. */
  nudge(): void;
  /** One look at everything: what happens by itself twice a second. */
  beat(): Promise<void>;
  /** Stops, and waits for what is being written. */
  close(): Promise<void>;
}

/**
 * Keeps tournaments, arenas and rooms going. It knows nothing that the database does not: whatever process comes after a
 * `kill -9` goes on where this one stood, and several do each thing once.
 */
export function createTournaments({
  db,
  clock,
  log,
  sessions,
  desk,
  seats,
}: TournamentsOptions): Tournaments {
  const ctx = { db, clock, log };
  let beating: Promise<void> | undefined;
  let isWanted = false;
  let isClosed = false;

  async function lookOnce(): Promise<void> {
    await moveTournaments(ctx, log, seats);
    if (!sessions) return;
    await callPairings({ ...ctx, sessions });
    await runArenas({ ...ctx, sessions });
    if (desk) await runRooms({ ...ctx, sessions, desk });
  }

  async function look(): Promise<void> {
    do {
      isWanted = false;
      await lookOnce().catch((err: unknown) => log.warn({ err }, 'tournaments could not be looked at'));
    } while (isWanted && !isClosed);
    beating = undefined;
  }

  function beat(): Promise<void> {
    if (isClosed) return Promise.resolve();
    isWanted = true;
    beating ??= look();
    return beating;
  }

  const stop = clock.every(TICK_MS, () => void beat());
  return {
    nudge: () => void beat(),
    beat,
    async close() {
      stop();
      isClosed = true;
      await beating;
    },
  };
}
