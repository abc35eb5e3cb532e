import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import { ErrorCode } from '../grpc/gen/proto/common/v1/errors';
import {
  ListReservationsResponse,
  Reservation,
  ReservationStatus,
} from '../grpc/gen/proto/reservation/v1/reservation';
import { addPeople } from '../tournaments/queue/testing/cup';
import { channels } from '../upstream/channels';
import type { RemoteBackends } from './clients/factory';
import { ownCall } from './own-call';
import { seatKeeper } from './seat-keeper';
import type { ReservationService } from './services';
import { clientsAt, openTicketOffice, type TicketOffice, ticketsOn } from './testing/ticket-office';

/** SEAT-12: what a service that keeps seats is asked, by the public contract. */

let database: TestDatabase;
let office: TicketOffice;
beforeAll(async () => {
  database = await createTestDatabase();
  office = await openTicketOffice(database.db);
});
afterAll(async () => {
  await office.close();
  channels().close();
  await database.drop();
});

describe.each(['gRPC', 'HTTP'] as const)('SEAT-12: seats asked about over %s', (way) => {
  let services: RemoteBackends;
  beforeAll(async () => {
    services = await clientsAt(way === 'HTTP' ? office.http : office.grpc);
  });
  afterAll(() => services.close());

  it('are told with everything that is known of them, however many there are; unknown ones are none', async () => {
    const { eventId, token } = await ticketsOn(database.db, services);
    const event = eventId('free');
    const seats = 230;
    await database.db.tournament.update({ where: { id: event }, data: { seats } });
    const people = await addPeople(database.db, seats);
    const now = new Date();
    await database.db.reservation.createMany({
      data: people.slice(1).map((userId, at) => ({
        ...{ eventId: event, userId, seat: at + 2, fee: 0, holdExpiresAt: new Date(now.getTime() + 60_000) },
        ...(at < 20
          ? {}
          : { status: 'confirmed' as const, confirmedAt: now, orderId: `ord_${randomUUID()}` }),
      })),
    });
    const [first = ''] = people;
    const { reservation_id } = await services.reservations.createReservation(
      {
        ...{ event_id: event, user_id: first, quantity: 1, seat_ids: [], metadata: undefined },
        ...{ reservation_token: await token(event, first), idempotency_key: randomUUID() },
      },
      ownCall(randomUUID()),
    );
    const keeper = seatKeeper(() => services.reservations);
    const told = await keeper.list(event);
    expect(new Set(told?.map(({ userId }) => userId))).toEqual(new Set(people));
    expect(told?.filter(({ state }) => state === 'hold')).toHaveLength(21);
    const mine = told?.find(({ reservationId }) => reservationId === reservation_id);
    expect(mine).toMatchObject({ eventId: event, userId: first, state: 'hold', seat: 1, fee: 0 });
    expect(mine?.holdExpiresAt?.getTime()).toBeGreaterThan(now.getTime());
    expect(await keeper.get(reservation_id)).toEqual(mine);
    expect(await keeper.get(randomUUID())).toBeUndefined();
    const wish = { reservationId: reservation_id, userId: first, reason: 'full' };
    expect([await keeper.release(wish), await keeper.release(wish)]).toEqual([true, true]);
    expect(await keeper.get(reservation_id)).toMatchObject({ state: 'cancelled' });
    const unknown = { ...wish, reservationId: randomUUID() };
    expect(await keeper.release(unknown)).toBe(true);
  });
});

describe('SEAT-12: a service with a list of another kind', () => {
  const answering = (list: ReservationService['listReservations']) => {
    const nobody = new Proxy<object>({}, { get: () => () => Promise.reject(new Error('not asked')) });
    return seatKeeper(() => ({ ...(nobody as ReservationService), listReservations: list }));
  };
  const inBand = (code: ErrorCode) =>
    answering(async () =>
      ListReservationsResponse.create({ error: { code, message: '', trace_id: '', details: [] } }),
    );

  it('is told from one that fails: only then is nothing known of who is free', async () => {
    for (const code of [ErrorCode.ERROR_CODE_NOT_FOUND, ErrorCode.ERROR_CODE_INVALID_ARGUMENT])
      expect(await inBand(code).list('e')).toBeUndefined();
    const unimplemented = answering(async () => {
      throw new AppError('UNIMPLEMENTED', 'no such method');
    });
    expect(await unimplemented.list('e')).toBeUndefined();
    for (const code of [ErrorCode.ERROR_CODE_RATE_LIMITED, ErrorCode.ERROR_CODE_UNAVAILABLE])
      await expect(inBand(code).list('e')).rejects.toThrow();
    const endless = answering(async () =>
      ListReservationsResponse.create({
        page_info: {
          total_count: 1,
          has_next_page: true,
          has_previous_page: false,
          next_cursor: 'on',
          previous_cursor: '',
        },
      }),
    );
    await expect(endless.list('e')).rejects.toThrow('no end');
  });

  const seat = (reservation_id: string, more: Partial<Reservation> = {}) =>
    Reservation.create({
      reservation_id,
      event_id: 'e',
      status: ReservationStatus.RESERVATION_STATUS_HOLD,
      ...more,
    });
  const info = { total_count: 250, has_previous_page: false, next_cursor: '', previous_cursor: '' };
  const all = Array.from({ length: 250 }, (_, at) => seat(`R${at}`));
  const ids = (told: readonly { readonly reservationId: string }[] | undefined) =>
    new Set(told?.map(({ reservationId }) => reservationId));

  it.each([0, 1])('may have pages by their number, from %i on', async (first) => {
    const paged = answering(async ({ pagination }) => {
      const from = Math.max(0, (pagination?.page ?? 0) - first) * 100;
      return ListReservationsResponse.create({
        reservations: all.slice(from, from + 100),
        page_info: { ...info, has_next_page: from + 100 < all.length },
      });
    });
    expect(ids(await paged.list('e'))).toEqual(
      ids(all.map((one) => ({ reservationId: one.reservation_id }))),
    );
  });

  it('may have one page only: what is on it is known', async () => {
    const one = answering(async () =>
      ListReservationsResponse.create({
        reservations: all.slice(0, 100),
        page_info: { ...info, has_next_page: true },
      }),
    );
    expect(ids(await one.list('e')).size).toBe(100);
  });

  it('may tell no status, or of a seat that can’t be read: the others are known', async () => {
    const odd = answering(async () =>
      ListReservationsResponse.create({
        reservations: [seat('silent', { status: 0 }), seat('\0'), seat('R')],
      }),
    );
    expect(ids(await odd.list('e'))).toEqual(new Set(['silent', 'R']));
  });
});
