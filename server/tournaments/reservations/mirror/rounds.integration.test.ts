import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BoxOffice, openBoxOffice } from '../testing/box-office';
import { createSeatMirror, type SeatMirror } from './mirror';
import { type OtherOffice, otherOffice } from './testing/other-office';

/** SEAT-12: the rounds in which a service that keeps seats is asked. */

const log = pino({ level: 'silent' });
let office: BoxOffice;
let other: OtherOffice;
let mirror: SeatMirror;
beforeAll(async () => {
  office = await openBoxOffice({ isWorking: false });
});
afterAll(() => office.close());
beforeEach(async () => {
  const { db, clock } = office;
  await db.tournament.updateMany({ data: { status: 'ended' } });
  other = otherOffice(() => clock.now());
  mirror = createSeatMirror({ db, clock, log, keeper: other, changed: () => {} });
});

const row = (id: string) => office.db.reservation.findUnique({ where: { id } });

describe('SEAT-12: what goes wrong with one seat, event or giving back', () => {
  it('keeps none of the others', async () => {
    const [first, second] = [await office.event({ seats: 2 }), await office.event({ seats: 2 })];
    const [ann = '', bob = '', cleo = ''] = await office.people(3);
    const { reservationId: ended } = other.hold(first, cleo);
    const { reservationId: stuck } = other.hold(second, cleo);
    await mirror.beat();
    for (const id of [stuck, ended])
      await office.db.reservation.update({ where: { id }, data: { status: 'cancelled', releaseDue: true } });
    // A fee that no column holds.
    const { reservationId: bad } = other.hold(first, bob, { fee: 2 ** 40 });
    const { reservationId: good } = other.hold(first, ann);
    const { release, list } = other;
    other.release = async (seat) => {
      if (seat.reservationId === stuck) throw new Error('broken');
      return release(seat);
    };
    other.list = async (eventId) => {
      if (eventId === second) throw new Error('broken');
      return list(eventId);
    };
    office.clock.advance(16_000);
    await mirror.beat();
    expect([await row(bad), (await row(good))?.status]).toEqual([null, 'hold']);
    expect([mirror.isCurrent(first), mirror.unfit(first), mirror.isCurrent(second)]).toEqual([
      true,
      1,
      false,
    ]);
    expect([other.seats.get(ended)?.state, (await row(stuck))?.releaseDue]).toEqual(['cancelled', true]);
    // A bracket is not drawn without it, unless it has waited for long.
    const startsAt = new Date(office.clock.now());
    expect(mirror.isSettled({ id: first, startsAt })).toBe(false);
    office.clock.advance(120_000);
    expect(mirror.isSettled({ id: first, startsAt })).toBe(true);
  });

  it('a seat of which nothing can be heard leaves the list as it is; without any answer nothing was heard', async () => {
    const eventId = await office.event({ seats: 3 });
    const [ann = '', bob = ''] = await office.people(2);
    const { reservationId } = other.hold(eventId, ann);
    await mirror.catchUp(eventId);
    other.get = async () => {
      throw new Error('broken');
    };
    other.forget();
    const next = other.hold(eventId, bob);
    await mirror.catchUp(eventId);
    expect([(await row(reservationId))?.status, (await row(next.reservationId))?.status]).toEqual([
      'hold',
      'hold',
    ]);
    other.hasList = false;
    await expect(mirror.catchUp(eventId)).rejects.toThrow('broken');
  });
});

describe('SEAT-12: how often is asked', () => {
  it('is each round while something changes, else every eight seconds, and at once at the start', async () => {
    const eventId = await office.event({ seats: 8 });
    const startsAt = new Date(office.clock.now() + 100_000);
    await office.db.tournament.update({ where: { id: eventId }, data: { startsAt } });
    const { list } = other;
    let asked = 0;
    other.list = async (id) => {
      if (id === eventId) asked += 1;
      return list(id);
    };
    const rounds = async (count: number) => {
      asked = 0;
      for (let round = 0; round < count; round += 1) {
        office.clock.advance(2_000);
        await mirror.beat();
      }
      return asked;
    };
    expect(await rounds(5)).toBe(5);
    await rounds(28);
    expect(await rounds(8)).toBe(2);
    other.hold(eventId, (await office.people(1))[0] ?? '');
    await rounds(4);
    expect(await rounds(4)).toBe(4);
    expect(mirror.isSettled({ id: eventId, startsAt })).toBe(false);
    office.clock.advance(1_000);
    await rounds(1);
    expect(mirror.isSettled({ id: eventId, startsAt })).toBe(true);
  });

  it('is side by side: an event whose service is slow holds up no other', async () => {
    const [slow, quick] = [await office.event({ seats: 2 }), await office.event({ seats: 2 })];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { list } = other;
    const isAsked = new Promise<void>((asked) => {
      other.list = async (id) => {
        if (id === quick) asked();
        if (id === slow) await held;
        return list(id);
      };
    });
    const round = mirror.beat();
    await isAsked;
    await expect.poll(() => mirror.isCurrent(quick)).toBe(true);
    expect(mirror.isCurrent(slow)).toBe(false);
    release();
    await round;
    expect(mirror.isCurrent(slow)).toBe(true);
  });

  it('is once for all who ask about an event at a time', async () => {
    const eventId = await office.event({ seats: 2 });
    const { list } = other;
    let asked = 0;
    other.list = (id) => {
      asked += 1;
      return list(id);
    };
    await Promise.all(Array.from({ length: 20 }, () => mirror.catchUp(eventId)));
    expect(asked).toBe(2);
  });
});
