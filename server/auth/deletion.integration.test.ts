import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doors, type Person, startDoors } from '../process/testing/doors';
import { hashPassword } from './passwords';

/** A person deletes an account, over the procedure that pages call. */

const PASSWORD = 'correct horse 42';

let doors: Doors;
let db: Doors['gate']['database']['db'];
let passwordHash: string;

beforeAll(async () => {
  doors = await startDoors(pino({ level: 'silent' }));
  ({ db } = doors.gate.database);
  passwordHash = await hashPassword(PASSWORD, '10.0.0.1');
});
afterAll(() => doors.close());

const withPassword = () => doors.person({ passwordHash, email: `${randomUUID()}@example.com` });
const deleted = ({ cookie }: Person, password = PASSWORD) =>
  doors.api(cookie).account.delete.mutate({ password });
const rowOf = ({ id }: Person) => db.user.findUnique({ where: { id } });
const refusal = (field: string, reason: string) => ({ data: { detail: { field, reason } } });

type Status = 'requested' | 'connected' | 'ended';
const match = (one: Person, two: Person, status: Status = 'ended') =>
  db.matchSession.create({
    data: { player1Id: one.id, player2Id: two.id, status, player1Character: 1, player2Character: 2 },
  });

type TournamentStatus = 'open' | 'ended';
const tournament = (owner: Person, status: TournamentStatus) =>
  db.tournament.create({
    data: {
      ...{ name: 'Cup', ownerId: owner.id, seats: 8, fee: 10, status },
      ...{ opensAt: new Date(0), closesAt: new Date(), startsAt: new Date() },
    },
  });
const seat = (eventId: string, { id: userId }: Person, more: object) =>
  db.reservation.create({
    data: { eventId, userId, seat: 1, fee: 10, holdExpiresAt: new Date(), ...more },
  });

describe('AUTH-17: account.delete', () => {
  it('ends the socket, the tRPC line and the gateway’s stream within a second, and the row is gone', async () => {
    const person = await withPassword();
    const lines = await doors.openLines(person);
    await deleted(person);
    const done = performance.now();
    for (const at of Object.values(await lines.ended)) expect(at - done).toBeLessThan(1_000);
    expect(await rowOf(person)).toBeNull();
    expect(await doors.api(person.cookie).account.me.query()).toBeNull();
    expect((await doors.socket({ token: person.signalToken })).code).toBe(401);
    expect((await doors.gate.http('GET', '/api/v1/reservations', { token: person.apiToken })).status).toBe(
      401,
    );
  });

  it('leaves to others what they have a part in, under the name of nobody, and nothing else', async () => {
    const [person, other] = [await withPassword(), await withPassword()];
    const { id: sessionId } = await match(person, other);
    const { id: room } = await db.room.create({ data: { name: 'Mine', hostId: person.id } });
    const { id: training } = await db.trainingSession.create({
      data: { id: randomUUID(), ownerId: person.id, name: 'T', config: {} },
    });
    await db.rating.create({ data: { playerId: person.id, fights: 3 } });
    await db.conduct.create({
      data: { sessionId, playerId: person.id, reason: 'abandoned', isWhole: true, at: new Date() },
    });
    await db.endedLogin.create({ data: { id: randomUUID(), userId: person.id, expiresAt: new Date() } });
    await deleted(person);
    const row = await rowOf(person);
    expect(row).toMatchObject({
      username: expect.stringMatching(/^Deleted-\d{5}$/),
      usernameKey: `deleted:${person.id}`,
      ...{ passwordHash: null, email: null, name: null, image: null, lastLoginAt: null, sessionEpoch: 1 },
      deletedAt: expect.any(Date),
    });
    expect(JSON.stringify(row)).not.toContain(person.name);
    expect(await db.matchSession.findUnique({ where: { id: sessionId } })).not.toBeNull();
    expect(await db.room.findUnique({ where: { id: room } })).toBeNull();
    expect(await db.trainingSession.findUnique({ where: { id: training } })).toMatchObject({ ownerId: null });
    expect(await db.rating.count({ where: { playerId: person.id } })).toBe(0);
    expect(await db.conduct.count({ where: { playerId: person.id } })).toBe(0);
    expect(await db.endedLogin.count({ where: { userId: person.id } })).toBe(0);
    // The name is free again, and nobody is logged in by what there was.
    expect(await doors.api(person.cookie).account.me.query()).toBeNull();
    expect(await db.user.count({ where: { usernameKey: person.name } })).toBe(0);
    await expect(deleted(person)).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
  });

  it('takes the story of a run with it', async () => {
    const person = await withPassword();
    const now = new Date();
    const made = { createdAt: now, updatedAt: now };
    const scenario = await db.scenario.create({
      data: { id: randomUUID(), title: randomUUID(), version: 1, ...made },
    });
    const version = await db.scenarioVersion.create({
      data: { id: randomUUID(), scenarioId: scenario.id, version: 1, content: {}, createdAt: now },
    });
    const story = await db.storySession.create({
      data: {
        ...{ id: randomUUID(), scenarioId: scenario.id, versionId: version.id, playerId: randomUUID() },
        ...{ act: 1, sequence: 1, actId: 'a', sequenceId: 's', location: 'here', startedAt: now, ...made },
      },
    });
    await db.arcadeRun.create({
      data: { id: story.id, userId: person.id, ladder: 'garam', character: 1, continuesLeft: 3 },
    });
    await deleted(person);
    expect(await rowOf(person)).toBeNull();
    expect(await db.storySession.findUnique({ where: { id: story.id } })).toBeNull();
  });

  it('needs the password, and counts wrong ones', async () => {
    const person = await withPassword();
    for (let i = 0; i < 10; i += 1)
      await expect(deleted(person, 'not it')).rejects.toMatchObject(refusal('currentPassword', 'wrong'));
    await expect(deleted(person)).rejects.toMatchObject(refusal('account', 'too_many_failures'));
    expect(await rowOf(person)).toMatchObject({ deletedAt: null });
  });

  it('needs the name where there is no password, in any case', async () => {
    const guest = await doors.person({ isGuest: true });
    const { delete: ask } = doors.api(guest.cookie).account;
    for (const username of [undefined, '', 'somebody_else'])
      await expect(ask.mutate({ username })).rejects.toMatchObject(refusal('username', 'not_yours'));
    expect(await ask.mutate({ username: guest.name.toUpperCase() })).toEqual({ ok: true });
    expect(await rowOf(guest)).toBeNull();
  });

  it.each<readonly [string, (person: Person, other: Person) => Promise<unknown>]>([
    ['admin', ({ id }) => db.user.update({ where: { id }, data: { role: 'admin' } })],
    ['in_match', (person, other) => match(other, person, 'connected')],
    [
      'in_tournament',
      async (person, other) =>
        db.entrant.create({
          data: { tournamentId: (await tournament(other, 'open')).id, userId: person.id },
        }),
    ],
    [
      'seat_open',
      async (person, other) => seat((await tournament(other, 'open')).id, person, { status: 'hold' }),
    ],
    [
      'seat_open',
      async (person, other) =>
        seat((await tournament(other, 'ended')).id, person, { status: 'cancelled', refundDue: true }),
    ],
    [
      'payment_open',
      ({ id: userId }) =>
        db.paymentIntent.create({
          data: { reservationId: randomUUID(), userId, amount: 10n, expiresAt: new Date() },
        }),
    ],
    ['runs_tournament', (person) => tournament(person, 'open')],
    [
      'runs_room',
      ({ id: hostId }, { id: userId }) =>
        db.room.create({
          data: { name: 'Mine', hostId, fighters: { create: { userId, characterId: 1 } } },
        }),
    ],
    [
      'runs_room',
      ({ id: hostId }, { id: player1Id }) =>
        db.room.create({
          data: {
            ...{ name: 'Closed', hostId, closedAt: new Date() },
            pairings: { create: { number: 1, player1Id, status: 'running' } },
          },
        }),
    ],
  ])('says why not: %s', async (reason, open) => {
    const [person, other] = [await withPassword(), await withPassword()];
    await open(person, other);
    await expect(deleted(person)).rejects.toMatchObject(refusal('account', reason));
    expect(await rowOf(person)).toMatchObject({ username: person.name, passwordHash, sessionEpoch: 0 });
    expect(await doors.api(person.cookie).account.me.query()).not.toBeNull();
  });

  it('is possible once the tournament is over, and what it tells of stays', async () => {
    const [person, other] = [await withPassword(), await withPassword()];
    const { id: tournamentId } = await tournament(other, 'ended');
    await seat(tournamentId, person, { status: 'confirmed' });
    await db.entrant.create({ data: { tournamentId, userId: person.id, place: 1 } });
    await match(person, other, 'requested');
    await deleted(person);
    expect(await rowOf(person)).toMatchObject({ deletedAt: expect.any(Date) });
    expect(await db.entrant.count({ where: { tournamentId, userId: person.id } })).toBe(1);
  });
});
