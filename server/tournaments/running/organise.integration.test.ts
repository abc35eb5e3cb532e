import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../db/generated/enums';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { createFakeClock, type FakeClock } from '../../sessions/testing/fake-clock';
import { reasonOf } from '../refusals';
import { enterPerson, giveSeatTo, HOUR_MS, holdTournament } from '../testing/organising';
import { calendarOf } from './calendar';
import type { Asker, TournamentContext } from './context';
import { checkIn, chooseFighter, withdraw } from './entering';
import { changesSchema } from './inputs';
import { moveTournaments } from './lifecycle';
import { limitsOf } from './limits';
import { announce, cancelTournament, openTournament, pauseTournament, resumeTournament } from './organise';
import { showTournament } from './show';
import { listTournaments } from './show-list';
import { disqualify, replaceEntrant, reschedule } from './steer';
import { updateTournament } from './update';

const log = pino({ level: 'silent' });

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
const at = (ms: number) => new Date(clock.now() + ms).toISOString();
const create = (asker: Asker, more: Record<string, unknown> = {}) => holdTournament(ctx, asker, more);
const seat = (eventId: string, asker: Asker, more: Record<string, unknown> = {}) =>
  giveSeatTo(ctx, eventId, asker, more);
const rowOf = (id: string) => database.db.tournament.findUniqueOrThrow({ where: { id } });
const refused = (work: Promise<unknown>) => work.then(() => 'done', reasonOf);
const move = () => moveTournaments(ctx, log);

describe('who may do what', () => {
  it('TOUR-2: only owner, co-organisers and admins run a tournament, whatever it is', async () => {
    const [owner, helper, admin, other] = [
      await person(),
      await person(),
      await person('admin'),
      await person('organizer'),
    ];
    const id = await create(owner, { organizerIds: [helper.playerId] });
    const entrant = await person();
    const actions: Record<string, (asker: Asker) => Promise<unknown>> = {
      update: (asker) =>
        updateTournament(ctx, asker, changesSchema.parse({ tournamentId: id, blurb: 'Come!' })),
      open: (asker) => openTournament(ctx, asker, id),
      pause: (asker) => pauseTournament(ctx, asker, id),
      resume: (asker) => resumeTournament(ctx, asker, id),
      announce: (asker) => announce(ctx, asker, { tournamentId: id, text: 'Soon' }),
      reschedule: (asker) =>
        reschedule(ctx, asker, { tournamentId: id, startsAt: new Date(clock.now() + 3 * HOUR_MS) }),
      disqualify: (asker) =>
        disqualify(ctx, asker, { tournamentId: id, playerId: entrant.playerId, reason: '' }),
      replace: (asker) =>
        replaceEntrant(ctx, asker, {
          tournamentId: id,
          playerId: entrant.playerId,
          byPlayerId: other.playerId,
        }),
      cancel: (asker) => cancelTournament(ctx, asker, { tournamentId: id, reason: '' }),
    };
    for (const [name, act] of Object.entries(actions)) {
      expect([name, await refused(act(other))]).toEqual([name, 'not_yours']);
      for (const asker of [helper, admin, owner])
        expect([name, await refused(act(asker))]).not.toEqual([name, 'not_yours']);
    }
    expect((await rowOf(id)).status).toBe('cancelled');
    const unknown = 'no-such-tournament';
    expect(await refused(openTournament(ctx, admin, unknown))).toBe('no_event');
    // Each deed of those who may is in the audit, none of who may not.
    const audited = await database.db.auditEvent.findMany({ where: { target: id } });
    expect(audited.map(({ action }) => action)).toContain('tournament.cancel');
    expect(audited.some(({ actorId }) => actorId === other.playerId)).toBe(false);
  });

  it('TOUR-2: only the owner and admins say who else runs it, and only accounts do', async () => {
    const [owner, helper, guest] = [await person(), await person(), await person('player', true)];
    const id = await create(owner, { organizerIds: [helper.playerId] });
    const change = (organizerIds: string[]) => changesSchema.parse({ tournamentId: id, organizerIds });
    expect(await refused(updateTournament(ctx, helper, change([])))).toBe('not_yours');
    expect(await refused(updateTournament(ctx, owner, change([guest.playerId])))).toBe('no_user');
    await updateTournament(ctx, owner, change([]));
    expect(await refused(announce(ctx, helper, { tournamentId: id, text: 'x' }))).toBe('not_yours');
  });

  it('TOUR-3: a fee and prizes take the role, and a tournament takes an account', async () => {
    const [plain, role, guest] = [await person(), await person('organizer'), await person('player', true)];
    for (const money of [{ fee: 10 }, { prizes: [5] }]) {
      expect(await refused(create(plain, money))).toBe('not_yours');
      expect(await refused(create(role, money))).toBe('done');
    }
    expect(await refused(create(guest))).toBe('not_yours');
    const id = await create(plain);
    expect(
      await refused(updateTournament(ctx, plain, changesSchema.parse({ tournamentId: id, fee: 1 }))),
    ).toBe('not_yours');
  });

  it('TOUR-3: has limits', async () => {
    const owner = await person('organizer');
    const wrong: Record<string, Record<string, unknown>> = {
      name: { name: ' a ' },
      seats: { seats: 257 },
      fee: { fee: 1_001 },
      prizes: { prizes: [1, 2] },
      checkInSeconds: { checkInSeconds: 3_601 },
      admissionsPerMinute: { admissionsPerMinute: 0 },
      durationSeconds: { format: 'arena', durationSeconds: 10 },
      opensAt: { opensAt: at(-HOUR_MS) },
      startsAt: { startsAt: at(400 * 24 * HOUR_MS), closesAt: at(2 * HOUR_MS) },
      closesAt: { closesAt: at(3 * HOUR_MS) },
    };
    for (const [field, more] of Object.entries(wrong))
      await expect(create(owner, more)).rejects.toMatchObject({ detail: { reason: 'bad_request', field } });
    expect(await refused(create(owner, { format: 'arena', seats: 1_024 }))).toBe('done');
    const plain = await person();
    for (let n = 0; n < 3; n += 1) await create(plain);
    expect(await refused(create(plain))).toBe('too_fast');
    expect(await limitsOf(ctx, plain)).toMatchObject({ mayCharge: false, maxOpen: 3, open: 3 });
  });
});

describe('the life of a tournament', () => {
  it('TOUR-4: opens, checks in, drops who does not, and is cancelled with fewer than two', async () => {
    const owner = await person();
    const id = await create(owner, { checkInSeconds: 600 });
    const people = [await person(), await person(), await person()];
    await move();
    expect((await rowOf(id)).status).toBe('scheduled');
    clock.advance(HOUR_MS);
    await move();
    expect((await rowOf(id)).status).toBe('open');
    for (const one of people) await seat(id, one);
    const [first, second, third] = people;
    if (!first || !second || !third) return;
    await move();
    const check = (asker: Asker) => checkIn(ctx, asker, { tournamentId: id, characterId: 2 });
    expect(await refused(check(first))).toBe('not_open');
    clock.advance(HOUR_MS - 600_000);
    await move();
    expect((await rowOf(id)).status).toBe('checkin');
    await check(first);
    await check(first);
    expect(await refused(check(owner))).toBe('not_yours');
    // A seat that the waitlist got while others check in is checked in.
    clock.advance(60_000);
    const late = await person();
    await seat(id, late);
    await move();
    clock.advance(540_000);
    // Several processes look at the same moment: it starts once.
    await Promise.all([move(), move(), move()]);
    expect((await rowOf(id)).status).toBe('running');
    const entrants = await database.db.entrant.findMany({ where: { tournamentId: id } });
    const by = (asker: Asker) => entrants.find(({ userId }) => userId === asker.playerId);
    expect(by(first)).toMatchObject({ outBecause: null, characterId: 2 });
    expect(by(late)).toMatchObject({ outBecause: null });
    for (const gone of [second, third]) expect(by(gone)).toMatchObject({ outBecause: 'no_show', seed: null });
    expect(await database.db.pairing.count({ where: { tournamentId: id } })).toBe(1);
    expect(await refused(check(second))).toBe('too_late');
    await chooseFighter(ctx, first, { tournamentId: id, characterId: 1 });
    expect(await withdraw(ctx, first, id)).toBe(true);
    expect(await rowOf(id)).toMatchObject({ status: 'ended' });
    expect(await database.db.pairing.findFirst({ where: { tournamentId: id } })).toMatchObject({
      reason: 'withdrawn',
    });

    const lonely = await create(owner, { checkInSeconds: 0 });
    await seat(lonely, first, { fee: 5, paymentIntentId: 'intent' });
    clock.advance(2 * HOUR_MS);
    await move();
    expect(await rowOf(lonely)).toMatchObject({ status: 'cancelled', reason: 'too_few' });
    expect(await database.db.reservation.findFirst({ where: { eventId: lonely } })).toMatchObject({
      status: 'cancelled',
      refundDue: true,
    });
  });

  it('TOUR-15: a cancelled tournament owes every fee back, and nothing else happens in it', async () => {
    const owner = await person('organizer');
    const id = await create(owner, { fee: 10 });
    const [paid, holds, without] = [await person(), await person(), await person()];
    await openTournament(ctx, owner, id);
    await seat(id, paid, { fee: 10, paymentIntentId: randomUUID() });
    await seat(id, holds, { fee: 10, status: 'hold', paymentIntentId: randomUUID() });
    await seat(id, without, { fee: 10, status: 'hold' });
    await cancelTournament(ctx, owner, { tournamentId: id, reason: 'rain' });
    await cancelTournament(ctx, owner, { tournamentId: id, reason: 'again' });
    expect(await rowOf(id)).toMatchObject({ status: 'cancelled', reason: 'rain' });
    const seats = await database.db.reservation.findMany({
      where: { eventId: id },
      orderBy: { seat: 'asc' },
    });
    expect(seats.map(({ status, refundDue }) => [status, refundDue])).toEqual([
      ['cancelled', true],
      ['cancelled', true],
      // Whether something was paid is for the job to find.
      ['cancelled', true],
    ]);
    clock.advance(3 * HOUR_MS);
    await move();
    expect((await rowOf(id)).status).toBe('cancelled');
    for (const act of [
      () => openTournament(ctx, owner, id),
      () => pauseTournament(ctx, owner, id),
      () => updateTournament(ctx, owner, changesSchema.parse({ tournamentId: id, blurb: '' })),
    ])
      expect(['too_late', 'not_open']).toContain(await refused(act()));
  });

  it('TOUR-14: moves on later by as much as it was paused', async () => {
    const owner = await person();
    const id = await create(owner);
    const before = await rowOf(id);
    await pauseTournament(ctx, owner, id);
    clock.advance(5 * HOUR_MS);
    await move();
    expect((await rowOf(id)).status).toBe('scheduled');
    await resumeTournament(ctx, owner, id);
    const after = await rowOf(id);
    for (const time of ['opensAt', 'closesAt', 'startsAt'] as const)
      expect(after[time].getTime() - before[time].getTime()).toBe(5 * HOUR_MS);
  });
});

describe('what pages see', () => {
  it('TOUR-1: lists by what comes next, and says what whoever asks may do', async () => {
    const [owner, one] = [await person(), await person()];
    const later = await create(owner, { opensAt: at(1), startsAt: at(4 * HOUR_MS) });
    const sooner = await create(owner, { opensAt: at(1), startsAt: at(3 * HOUR_MS), blurb: 'a, b; c' });
    const list = await listTournaments(ctx, { which: 'upcoming', limit: 100, cursor: null });
    const ids = list.tournaments.map(({ tournamentId }) => tournamentId);
    expect(ids.indexOf(sooner)).toBeLessThan(ids.indexOf(later));
    expect((await showTournament(ctx, sooner, null)).may).toEqual([]);
    expect((await showTournament(ctx, sooner, one)).may).toEqual(['join']);
    expect((await showTournament(ctx, sooner, owner)).may).toContain('open');
    await openTournament(ctx, owner, sooner);
    await seat(sooner, one);
    await move();
    const shown = await showTournament(ctx, sooner, one);
    expect(shown).toMatchObject({
      confirmed: 1,
      held: 0,
      my: { isEntrant: true, reservation: { state: 'confirmed' } },
    });
    expect(shown.may).toEqual(['leave', 'chooseFighter']);
    expect(shown.entrants).toMatchObject([
      { playerId: one.playerId, rating: { rating: 1500, isProvisional: true } },
    ]);
  });

  it('TOUR-16: goes into a calendar', async () => {
    const id = await create(await person(), {
      blurb: 'Bring friends, tea; and 한국어로 된 아주 긴 설명을 위한 충분히 긴 문장',
    });
    const text = await calendarOf(ctx, id, 'https://arcade.example');
    const unfolded = text.replaceAll('\r\n ', '');
    expect(unfolded).toContain(
      '\r\nDESCRIPTION:Bring friends\\, tea\\; and 한국어로 된 아주 긴 설명을 위한 충분히 긴 문장\r\n',
    );
    expect(unfolded).toContain(`\r\nURL:https://arcade.example/tournaments/${id}\r\n`);
    expect(unfolded).toMatch(/\r\nDTSTART:\d{8}T\d{6}Z\r\n/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
