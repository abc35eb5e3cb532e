import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { AppError } from '../errors';
import { ErrorCode } from '../grpc/gen/proto/common/v1/errors';
import { ListReservationsResponse } from '../grpc/gen/proto/reservation/v1/reservation';
import { addPeople } from '../tournaments/queue/testing/cup';
import { channels } from '../upstream/channels';
import type { RemoteBackends } from './clients/factory';
import { ownCall } from './elsewhere';
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

describe('SEAT-12: a service without a list', () => {
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
});
