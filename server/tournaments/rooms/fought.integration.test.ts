import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishAuthSecret } from '../../auth/secrets';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { playArranged } from '../../signaling/testing/match';
import type { Player } from '../../signaling/testing/player';
import { createQueue, type RunningQueue } from '../queue/create-queue';
import { createPostgresLog } from '../queue/postgres-log';
import { tournamentSeats } from '../queue/tournament-source';
import { reasonOf } from '../refusals';
import type { Asker } from '../running/context';
import { type Hall, startHall } from '../testing/hall';
import { closeRoom, createRoom, joinRoom, leaveRoom } from './entering';
import { roomEvents } from './event-source';
import { EMPTY_MS, TURN_SECONDS } from './run';
import { listRooms, showRoom } from './show';

publishAuthSecret('a secret of this test file, long enough');

let database: TestDatabase;
let hall: Hall;
let queue: RunningQueue;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.room.updateMany({ data: { closedAt: new Date(0) } });
  hall = await startHall(database.db, (clock) => {
    queue = createQueue({
      log: createPostgresLog(database.db),
      events: roomEvents(database.db),
      seats: tournamentSeats(database.db),
      clock,
      logger: pino({ level: 'silent' }),
      settings: { admissionSeconds: 120 },
    });
    return { queue };
  });
  await queue.ready;
});
afterEach(async () => {
  await hall.close();
  await queue.close();
});

const asker = ({ id }: Player, role: Asker['role'] = 'player'): Asker => ({
  playerId: id,
  role,
  isGuest: false,
});
const roomOf = (id: string) => hall.ctx.db.room.findUniqueOrThrow({ where: { id } });
const enter = async (...names: string[]) => Promise.all(names.map((name) => hall.arcade.enter(name)));

/** A room with its host and whoever else joins, in this order. */
async function open([host, ...others]: readonly Player[]): Promise<string> {
  if (!host) throw new Error('A room has a host.');
  const { roomId } = await createRoom(hall.ctx, { queue }, asker(host), { name: 'Corner' });
  for (const player of others) await joinRoom(hall.ctx, { queue }, asker(player), { roomId });
  return roomId;
}

/** Who fights in the room now: who stays first. */
async function fighting(roomId: string, people: readonly Player[]): Promise<readonly [Player, Player]> {
  const pairing = await hall.ctx.db.pairing.findFirstOrThrow({ where: { roomId, status: 'running' } });
  const one = people.find(({ id }) => id === pairing.player1Id);
  const two = people.find(({ id }) => id === pairing.player2Id);
  if (!one || !two) throw new Error('Both are of the room.');
  return [one, two];
}

const waitingIn = async (roomId: string) =>
  (await showRoom(hall.ctx, { queue }, roomId, null)).queue.map(({ playerName }) => playerName);

describe('a room', { timeout: 120_000 }, () => {
  it('ROOM-2: keeps the winner, calls the next in order of arrival, and puts the loser at the end', async () => {
    const people = await enter('Ann', 'Bo', 'Cy', 'Di');
    const roomId = await open(people);
    await hall.beat();
    let pair = await fighting(roomId, people);
    expect(pair.map(({ id }) => id)).toEqual(people.slice(0, 2).map(({ id }) => id));
    expect(await waitingIn(roomId)).toEqual(['Cy', 'Di']);
    const order = [people[2], people[3]];
    let champion: Player | undefined;
    let streak = 0;
    for (const wins of [0, 0, 1, 0]) {
      const [one, two] = pair;
      const [winner, loser] = wins === 0 ? [one, two] : [two, one];
      await playArranged(hall.arcade, { one, two }, winner);
      await hall.pass(1);
      streak = winner === champion ? streak + 1 : 1;
      champion = winner;
      order.push(loser);
      expect(await roomOf(roomId)).toMatchObject({ championId: champion.id, streak });
      await hall.pass(1);
      pair = await fighting(roomId, people);
      expect(pair.map(({ id }) => id)).toEqual([champion.id, order.shift()?.id]);
    }
    const session = await hall.ctx.db.matchSession.findFirst({
      where: { player1Id: pair[0].id, status: 'accepted' },
    });
    expect(session?.source).toBe('room');
    const shown = await showRoom(hall.ctx, { queue }, roomId, asker(pair[0]));
    expect(shown).toMatchObject({
      champion: { playerId: champion?.id },
      my: { isChampion: true, position: 0 },
    });
    expect(shown.past).toHaveLength(4);
    expect((await listRooms(hall.ctx, { queue })).rooms.map((room) => room.roomId)).toEqual([roomId]);
  });

  it('ROOM-3: lets a loser go who does not stay, and a winner who has left', async () => {
    const people = await enter('Ann', 'Bo', 'Cy');
    const roomId = await open(people);
    for (const player of people) await joinRoom(hall.ctx, { queue }, asker(player), { roomId, stays: false });
    await hall.beat();
    const [one, two] = await fighting(roomId, people);
    const [champion, loser] = [one, two];
    await playArranged(hall.arcade, { one, two }, champion);
    await hall.pass(1);
    expect(await hall.ctx.db.roomFighter.count({ where: { roomId, userId: loser.id } })).toBe(0);
    await hall.pass(1);
    const next = await fighting(roomId, people);
    expect(next[0]).toBe(champion);
    await leaveRoom(hall.ctx, { queue }, asker(champion), roomId);
    expect(await roomOf(roomId)).toMatchObject({ championId: null, streak: 0 });
    await playArranged(hall.arcade, { one: next[0], two: next[1] }, champion);
    await hall.pass(1);
    expect(await roomOf(roomId)).toMatchObject({ championId: null, streak: 0 });
  });

  it('ROOM-4: goes on without who is not there in time', async () => {
    const people = await enter('Ann', 'Bo', 'Cy');
    const roomId = await open(people);
    people[0]?.close();
    await expect.poll(() => hall.arcade.sessions.isOnline(people[0]?.id ?? '')).toBe(false);
    await hall.beat();
    await hall.pass(TURN_SECONDS - 1);
    expect(await hall.ctx.db.pairing.findFirst({ where: { roomId } })).toMatchObject({ status: 'called' });
    await hall.pass(2);
    await hall.pass(1);
    expect(await fighting(roomId, people)).toEqual([people[1], people[2]]);
    expect(await hall.ctx.db.roomFighter.count({ where: { roomId, userId: people[0]?.id ?? '' } })).toBe(0);
  });

  it('goes on after a restart: a fight that was beginning is none, and nobody loses the place in the room', async () => {
    const people = await enter('Ann', 'Bo');
    const roomId = await open(people);
    await hall.beat();
    await fighting(roomId, people);
    await hall.restart();
    const back = await Promise.all(people.map(({ id }) => hall.arcade.connect(id)));
    await hall.pass(1);
    await hall.pass(1);
    expect((await fighting(roomId, back)).map(({ id }) => id).sort()).toEqual(
      people.map(({ id }) => id).sort(),
    );
  });

  it('ROOM-5: has limits: a room a host, a room a person, a name, and an end when nobody is there', async () => {
    const [ann, bo] = await enter('Ann', 'Bo');
    if (!ann || !bo) throw new Error('Two have entered.');
    const roomId = await open([ann]);
    const refused = (work: Promise<unknown>) => work.then(() => 'done', reasonOf);
    const desk = { queue };
    expect(await refused(createRoom(hall.ctx, desk, asker(ann), { name: 'Again' }))).toBe('too_fast');
    expect(await refused(createRoom(hall.ctx, desk, asker(bo), { name: 'No' }))).toBe('bad_request');
    const other = await createRoom(hall.ctx, desk, asker(bo), { name: 'Other' });
    expect(await refused(joinRoom(hall.ctx, desk, asker(bo), { roomId }))).toBe('has_seat');
    expect(await refused(closeRoom(hall.ctx, desk, asker(ann), other.roomId))).toBe('not_yours');
    expect(await refused(closeRoom(hall.ctx, desk, asker(ann, 'admin'), other.roomId))).toBe('done');
    expect(await refused(joinRoom(hall.ctx, desk, asker(ann), { roomId: other.roomId }))).toBe('not_open');
    await hall.pass(EMPTY_MS / 1_000 + 1);
    expect((await roomOf(roomId)).closedAt).toBeNull();
    ann.close();
    await expect.poll(() => hall.arcade.sessions.isOnline(ann.id)).toBe(false);
    await hall.pass(1);
    expect((await roomOf(roomId)).closedAt).not.toBeNull();
    expect(await hall.ctx.db.queueEvent.count({ where: { eventId: roomId } })).toBe(0);
  });
});
