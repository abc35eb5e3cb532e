import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../db/generated/enums';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createFakeClock, type FakeClock } from '../../sessions/testing/fake-clock';
import { reasonOf } from '../refusals';
import { enterPerson, giveSeatTo, HOUR_MS, holdTournament } from '../testing/organising';
import type { Asker, TournamentContext } from './context';
import { checkIn } from './entering';
import { findPeople } from './find-people';
import { changesSchema } from './inputs';
import { moveTournaments } from './lifecycle';
import { openTournament, pauseTournament } from './organise';
import { sharedComing, showComing } from './show-coming';
import { showEditing } from './show-editing';
import { reschedule } from './steer';
import { updateTournament } from './update';

let database: TestDatabase;
let clock: FakeClock;
let ctx: TournamentContext;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  clock = createFakeClock();
  ctx = { db: database.db, clock };
});

const person = (role?: Role, isGuest?: boolean) => enterPerson(database.db, role, isGuest);
const rowOf = (id: string) => database.db.tournament.findUniqueOrThrow({ where: { id } });
const refused = (work: Promise<unknown>) => work.then(() => 'done', reasonOf);
const at = (ms: number) => new Date(clock.now() + ms).toISOString();
const change = (asker: Asker, tournamentId: string, more: Record<string, unknown>) =>
  updateTournament(ctx, asker, changesSchema.parse({ tournamentId, ...more }));
const notes = (target: string) =>
  database.db.auditEvent.findMany({ where: { target }, orderBy: { id: 'desc' } });

describe('changing a tournament', () => {
  it('TOUR-3: fee and prizes stay as they are once somebody has a seat, and seats are not taken away', async () => {
    const owner = await person('organizer');
    const id = await holdTournament(ctx, owner, { fee: 10, prizes: [50, 20], seats: 4 });
    await change(owner, id, { fee: 20, prizes: [60] });
    await giveSeatTo(ctx, id, await person(), { status: 'hold' });
    await giveSeatTo(ctx, id, await person());
    await giveSeatTo(ctx, id, await person());
    const locked = { reason: 'too_late', why: 'seats_taken' };
    for (const [field, value] of Object.entries({ fee: 10, prizes: [60, 10], seats: 2 }))
      await expect(change(owner, id, { [field]: value })).rejects.toMatchObject({
        detail: { ...locked, field },
      });
    // An admin is bound by it, too.
    expect(await refused(change(await person('admin'), id, { prizes: [] }))).toBe('too_late');
    // Named as they are they are no change.
    await change(owner, id, { seats: 3, name: 'Saturday Cup', fee: 20, prizes: [60] });
    expect(await rowOf(id)).toMatchObject({ seats: 3, name: 'Saturday Cup', fee: 20, prizes: [60] });
  });

  it('TOUR-2: each change is in the audit with what it was and is, and nothing else', async () => {
    const owner = await person('organizer');
    const id = await holdTournament(ctx, owner);
    await change(owner, id, { blurb: 'Come!', seats: 16, fee: 0 });
    const [last] = await notes(id);
    expect(last).toMatchObject({
      action: 'tournament.update',
      actorId: owner.playerId,
      before: { blurb: '', seats: 8 },
      after: { blurb: 'Come!', seats: 16 },
    });
    expect(Object.keys(last?.after ?? {})).toHaveLength(2);
    const startsAt = new Date(clock.now() + 4 * HOUR_MS);
    await reschedule(ctx, owner, { tournamentId: id, startsAt });
    expect((await notes(id))[0]).toMatchObject({
      action: 'tournament.reschedule',
      after: { startsAt: startsAt.toISOString() },
    });
  });

  it('TOUR-14: the close moves along with the start, by whichever way it is moved', async () => {
    const owner = await person();
    const [one, other] = [await holdTournament(ctx, owner), await holdTournament(ctx, owner)];
    const startsAt = at(5 * HOUR_MS);
    await change(owner, one, { startsAt });
    await reschedule(ctx, owner, { tournamentId: other, startsAt: new Date(startsAt) });
    const rows = [await rowOf(one), await rowOf(other)];
    for (const row of rows) expect(row.closesAt.toISOString()).toBe(at(5 * HOUR_MS - 300_000));
    await change(owner, one, { checkInSeconds: 0 });
    expect((await rowOf(one)).closesAt.toISOString()).toBe(startsAt);
  });

  it('TOUR-14: who has checked in does so again for another start', async () => {
    const owner = await person();
    const id = await holdTournament(ctx, owner, { checkInSeconds: 600 });
    const [one, two] = [await person(), await person()];
    await openTournament(ctx, owner, id);
    for (const entrant of [one, two]) await giveSeatTo(ctx, id, entrant);
    clock.advance(2 * HOUR_MS - 600_000);
    await moveTournaments(ctx, pino({ level: 'silent' }));
    await checkIn(ctx, one, { tournamentId: id });
    await expect(change(owner, id, { checkInSeconds: 0 })).rejects.toMatchObject({
      detail: { reason: 'too_late', field: 'checkInSeconds', why: 'checking_in' },
    });
    await change(owner, id, { startsAt: at(3 * HOUR_MS) });
    expect(await rowOf(id)).toMatchObject({ status: 'open' });
    expect(await database.db.entrant.count({ where: { tournamentId: id, checkedInAt: { not: null } } })).toBe(
      0,
    );
  });

  it('TOUR-3: a tournament that is paused beyond its start can still be described', async () => {
    const owner = await person();
    const id = await holdTournament(ctx, owner);
    await pauseTournament(ctx, owner, id);
    clock.advance(3 * HOUR_MS);
    await change(owner, id, { blurb: 'It goes on at nine.' });
    expect(await rowOf(id)).toMatchObject({ blurb: 'It goes on at nine.' });
    await expect(change(owner, id, { checkInSeconds: 60 })).rejects.toMatchObject({
      detail: { reason: 'bad_request', field: 'startsAt' },
    });
  });

  it('TOUR-19: says beforehand what can’t change, as the change itself would', async () => {
    const [owner, other] = [await person(), await person()];
    const id = await holdTournament(ctx, owner);
    expect(await showEditing(ctx, owner, id)).toMatchObject({ fixed: [], minSeats: 2, mayCharge: false });
    expect(await refused(showEditing(ctx, other, id))).toBe('not_yours');
    await openTournament(ctx, owner, id);
    await giveSeatTo(ctx, id, other);
    const { fixed } = await showEditing(ctx, owner, id);
    expect(fixed).toEqual([
      { field: 'opensAt', why: 'opened' },
      { field: 'fee', why: 'seats_taken' },
      { field: 'prizes', why: 'seats_taken' },
    ]);
    await expect(change(owner, id, { opensAt: at(HOUR_MS) })).rejects.toMatchObject({
      detail: { reason: 'too_late', field: 'opensAt', why: 'opened' },
    });
  });
});

describe('looking for people', () => {
  const named = (username: string, role: Role = 'player', isGuest = false, bannedAt?: Date) =>
    enterPerson(database.db, role, isGuest, { username, ...(bannedAt ? { bannedAt } : {}) });

  it('TOUR-20: finds by the beginning of a name who could be chosen, and few at a time', async () => {
    const mark = randomUUID().slice(0, 8);
    const owner = await named(`${mark}-owner`);
    const helper = await named(`${mark}_Helper`);
    await named(`${mark}xguest`, 'player', true);
    await named(`${mark}-banned`, 'player', false, new Date());
    const gone = await named(`${mark}-deleted`);
    await database.db.user.update({ where: { id: gone.playerId }, data: { deletedAt: new Date() } });
    const entrant = await named(`${mark}-entrant`);
    const id = await holdTournament(ctx, owner);
    await giveSeatTo(ctx, id, entrant);
    const find = async (text: string, as: 'organizer' | 'replacement') =>
      (await findPeople(ctx, owner, { tournamentId: id, text, as })).people.map(
        ({ playerName }) => playerName,
      );
    expect(await find(mark.toUpperCase(), 'organizer')).toEqual([`${mark}-entrant`, `${mark}_Helper`]);
    expect(await find(` ${mark}`, 'replacement')).toEqual([
      `${mark}-owner`,
      `${mark}_Helper`,
      `${mark}xguest`,
    ]);
    // An underscore stands for itself.
    expect(await find(`${mark}_`, 'replacement')).toEqual([`${mark}_Helper`]);
    expect(await find('%', 'replacement')).toEqual([]);
    expect(await find('   ', 'organizer')).toEqual([]);
    await change(owner, id, { organizerIds: [helper.playerId] });
    expect(await find(mark, 'organizer')).toEqual([`${mark}-entrant`]);

    for (let n = 0; n < 10; n += 1) await named(`${mark}m${n}`);
    expect(await findPeople(ctx, owner, { tournamentId: id, text: mark, as: 'organizer' })).toMatchObject({
      people: { length: 8 },
      isAll: false,
    });
  });

  it('TOUR-20: only for who could choose somebody, and not without end', async () => {
    const [owner, helper, other] = [await person(), await person(), await person()];
    const id = await holdTournament(ctx, owner, { organizerIds: [helper.playerId] });
    const look = (asker: Asker, as: 'organizer' | 'replacement') =>
      refused(findPeople(ctx, asker, { tournamentId: id, text: 'a', as }));
    expect(await look(other, 'replacement')).toBe('not_yours');
    expect(await look(helper, 'organizer')).toBe('not_yours');
    expect(await look(helper, 'replacement')).toBe('done');
    const looks = await Promise.all(Array.from({ length: 61 }, () => look(owner, 'organizer')));
    expect(looks.filter((outcome) => outcome === 'too_fast')).toHaveLength(1);
    expect(await look(helper, 'replacement')).toBe('done');
  });
});

describe('the front page', () => {
  it('TOUR-21: tells everybody the same for a second, with the time of each asking', async () => {
    const owner = await person('admin');
    await database.db.tournament.updateMany({ data: { status: 'ended' } });
    const coming = sharedComing(ctx);
    const first = await coming();
    const tournamentId = await holdTournament(ctx, owner);
    clock.advance(999);
    const second = await coming();
    expect([second.next, Date.parse(second.now) - Date.parse(first.now)]).toEqual([null, 999]);
    clock.advance(1);
    expect((await Promise.all([coming(), coming()])).map(({ next }) => next?.tournamentId)).toEqual([
      tournamentId,
      tournamentId,
    ]);
  });

  it('TOUR-21: tells of the next tournament, else of one that runs', async () => {
    const owner = await person('admin');
    await database.db.tournament.updateMany({ data: { status: 'ended' } });
    expect(await showComing(ctx)).toMatchObject({ next: null, rooms: 0 });
    const [later, sooner] = [
      await holdTournament(ctx, owner, { startsAt: at(9 * HOUR_MS) }),
      await holdTournament(ctx, owner),
    ];
    expect((await showComing(ctx)).next).toMatchObject({ tournamentId: sooner });
    await database.db.tournament.update({ where: { id: sooner }, data: { status: 'running' } });
    expect((await showComing(ctx)).next).toMatchObject({ tournamentId: later });
    await database.db.tournament.update({ where: { id: later }, data: { status: 'cancelled' } });
    expect((await showComing(ctx)).next).toMatchObject({ tournamentId: sooner, status: 'running' });
  });
});
