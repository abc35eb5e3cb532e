import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { Clock } from '../../clock';
import type { PrismaClient } from '../../db/generated/client';
import { startTestArcade, type TestArcade } from '../../signaling/testing/arcade';
import { playArranged } from '../../signaling/testing/match';
import type { Player } from '../../signaling/testing/player';
import type { RoomDesk } from '../rooms/entering';
import type { Asker, TournamentContext } from '../running/context';
import { recordEnd } from '../running/record-end';
import { createTournaments, type Floor, type Tournaments } from '../tournaments';

const MINUTE_MS = 60_000;

/** An arcade with tournaments on it: real sessions, judge and database, scripted players, and time that the test moves. */
export interface Hall {
  readonly arcade: TestArcade;
  readonly ctx: TournamentContext;
  /** Runs tournaments beside the owner. */
  readonly owner: Asker;
  /** What the verdict's hook does after its own work; for tests of what is undone. */
  after: () => void;
  beat(): Promise<void>;
  /** Lets time pass, and looks. */
  pass(seconds: number): Promise<void>;
  /** A tournament whose registration is open and that starts in five minutes. */
  open(terms?: Partial<NewTournament>): Promise<string>;
  /** New people with a confirmed seat; their lines are open. */
  enter(tournamentId: string, count: number): Promise<Player[]>;
  /** Gives somebody who is there a confirmed seat. */
  seat(tournamentId: string, playerId: string): Promise<void>;
  /** To the start of the tournament. */
  start(tournamentId: string): Promise<void>;
  /** Pairings that are fought now, with their people, player 1 first. */
  running(tournamentId: string, people: readonly Player[]): Promise<RunningPair[]>;
  /** Plays whatever is called, now the one and now the other winning, until the tournament is over. */
  playOut(tournamentId: string, people: readonly Player[]): Promise<void>;
  /** As after a `kill -9`: nothing is known but what the database has. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface RunningPair {
  readonly pairingId: string;
  readonly sessionId: string;
  readonly one: Player;
  readonly two: Player;
}

interface NewTournament {
  readonly format: 'single' | 'double' | 'arena';
  readonly seats: number;
  readonly fee: number;
  readonly bestOf: number;
  readonly prizes: number[];
  readonly checkInSeconds: number;
  readonly durationSeconds: number;
}

/** @param openDesk for rooms, on the arcade's clock */
export async function startHall(db: PrismaClient, openDesk?: (clock: Clock) => RoomDesk): Promise<Hall> {
  const hooks = { after: () => {} };
  const arcade = await startTestArcade(db, undefined, {
    async onEnded(tx, end) {
      await recordEnd(tx, end);
      hooks.after();
    },
  });
  const ctx: TournamentContext = { db, clock: arcade.clock };
  const floor: Floor = {
    arrange: (match) => arcade.sessions.arrange(match),
    isOnline: (playerId) => arcade.sessions.isOnline(playerId),
    matchOf: (playerId) => arcade.sessions.matchOf(playerId),
  };
  const desk = openDesk?.(arcade.clock);
  const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' });
  const begin = (): Tournaments => createTournaments({ ...ctx, log, sessions: floor, desk });
  let tournaments = begin();
  const row = await db.user.create({
    data: { username: 'Owner', usernameKey: `owner-${randomUUID()}`, role: 'organizer' },
  });
  const owner: Asker = { playerId: row.id, role: 'organizer', isGuest: false };

  const beat = () => tournaments.beat();
  async function pass(seconds: number): Promise<void> {
    arcade.clock.advance(seconds * 1_000);
    await beat();
  }

  async function running(tournamentId: string, people: readonly Player[]): Promise<RunningPair[]> {
    const rows = await db.pairing.findMany({
      where: { tournamentId, status: 'running' },
      orderBy: { number: 'asc' },
    });
    return rows.flatMap(({ id, sessionId, player1Id, player2Id }) => {
      const one = people.find((player) => player.id === player1Id);
      const two = people.find((player) => player.id === player2Id);
      return one && two && sessionId ? [{ pairingId: id, sessionId, one, two }] : [];
    });
  }

  async function seat(tournamentId: string, userId: string): Promise<void> {
    const taken = await db.reservation.count({ where: { eventId: tournamentId } });
    const now = new Date(arcade.clock.now());
    const { id } = await db.reservation.create({
      data: {
        eventId: tournamentId,
        userId,
        status: 'confirmed',
        seat: taken + 1,
        fee: 0,
        holdExpiresAt: now,
        confirmedAt: now,
        createdAt: now,
      },
    });
    await db.entrant.create({ data: { tournamentId, userId, reservationId: id, enteredAt: now } });
  }

  return {
    arcade,
    ctx,
    owner,
    get after() {
      return hooks.after;
    },
    set after(task) {
      hooks.after = task;
    },
    beat,
    pass,
    async open(terms = {}) {
      const now = arcade.clock.now();
      const { id } = await db.tournament.create({
        data: {
          name: 'Cup',
          ownerId: owner.playerId,
          seats: 16,
          checkInSeconds: 0,
          status: 'open',
          opensAt: new Date(now - MINUTE_MS),
          closesAt: new Date(now + 5 * MINUTE_MS),
          startsAt: new Date(now + 5 * MINUTE_MS),
          ...terms,
        },
      });
      return id;
    },
    seat,
    async enter(tournamentId, count) {
      const people: Player[] = [];
      for (let n = 1; n <= count; n += 1) {
        const player = await arcade.enter(`P${n}`);
        await seat(tournamentId, player.id);
        // Whom the seeds follow: the first is the best.
        await db.rating.create({
          data: { playerId: player.id, rating: 2_000 - n * 10, updatedAt: new Date(arcade.clock.now()) },
        });
        people.push(player);
      }
      return people;
    },
    async start(tournamentId) {
      const { startsAt } = await db.tournament.findUniqueOrThrow({ where: { id: tournamentId } });
      await pass(Math.max(0, (startsAt.getTime() - arcade.clock.now()) / 1_000));
      await beat();
    },
    running,
    async playOut(tournamentId, people) {
      for (let round = 0; round < 100; round += 1) {
        const { status } = await db.tournament.findUniqueOrThrow({ where: { id: tournamentId } });
        if (status !== 'running') return;
        for (const [index, pair] of (await running(tournamentId, people)).entries())
          await playArranged(arcade, pair, (round + index) % 3 === 0 ? pair.two : pair.one);
        await pass(11);
      }
      throw new Error('The tournament does not end.');
    },
    async restart() {
      await tournaments.close();
      await arcade.restart();
      await arcade.sessions.ready;
      tournaments = begin();
    },
    async close() {
      await tournaments.close();
      await arcade.close();
    },
  };
}
