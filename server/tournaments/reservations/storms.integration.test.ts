import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BoxOffice, HOLD_SECONDS, openBoxOffice, refusedWith } from './testing/box-office';

vi.setConfig({ testTimeout: 120_000 });

let office: BoxOffice;
beforeAll(async () => {
  office = await openBoxOffice();
});
afterAll(() => office.close());

const tally = (reasons: readonly (string | undefined)[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason ?? 'done'] = (counts[reason ?? 'done'] ?? 0) + 1;
  return counts;
};

async function seatsOf(eventId: string): Promise<number[]> {
  const rows = await office.db.reservation.findMany({
    where: { eventId, status: { in: ['hold', 'confirmed'] } },
    select: { seat: true },
  });
  return rows.map(({ seat }) => seat).sort((one, two) => one - two);
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('SEAT-5: nothing is oversold', () => {
  it('when 200 people want 16 seats at once in two processes', async () => {
    const eventId = await office.event({ seats: 16 });
    const people = await office.people(200);
    const processes = [office.reservations, office.another()] as const;
    const requests = await Promise.all(
      people.map(async (userId) => ({
        eventId,
        userId,
        quantity: 1,
        seatIds: [],
        token: await office.token(eventId, userId),
      })),
    );
    const reasons = await Promise.all(
      requests.map((request, index) => refusedWith(processes[index % 2 === 0 ? 0 : 1].create(request))),
    );
    expect(tally(reasons)).toEqual({ done: 16, full: 184 });
    expect(await seatsOf(eventId)).toEqual(upTo(16));
  });

  it('when one person comes from many devices with many admissions at once', async () => {
    const eventId = await office.event({ seats: 16 });
    const [ann = ''] = await office.people(1);
    const reasons = await Promise.all(upTo(20).map(() => refusedWith(office.hold(eventId, ann))));
    expect(tally(reasons)).toEqual({ done: 1, has_seat: 19 });
  });

  it('while holds expire, seats are given back and confirmed in the same moments', async () => {
    const eventId = await office.event({ seats: 16 });
    const other = office.another();
    const early = await office.people(16);
    for (const userId of early) await office.hold(eventId, userId);
    // A third gives back, a third confirms, a third lets it lapse; 60 others come meanwhile.
    const held = await office.db.reservation.findMany({ where: { eventId }, orderBy: { seat: 'asc' } });
    office.clock.advance(HOLD_SECONDS * 1_000 - 1);
    const late = await office.people(60);
    const storm = [
      ...held.flatMap(({ id, seat }) => {
        const what = { reservationId: id, actor: 'trusted' } as const;
        if (seat % 3 === 0) return [refusedWith(other.cancel({ ...what, reason: '' }))];
        if (seat % 3 === 1) return [refusedWith(other.confirm({ ...what, paymentIntentId: undefined }))];
        return [];
      }),
      ...late.slice(0, 30).map((userId) => refusedWith(office.hold(eventId, userId))),
    ];
    office.clock.advance(1);
    storm.push(
      ...late.slice(30).map((userId) => refusedWith(office.hold(eventId, userId))),
      other.beat().then(() => 'beat'),
      office.reservations.beat().then(() => 'beat'),
    );
    await Promise.all(storm);
    await office.pass(0);
    // Whoever lost the race may come again: no seat stays behind.
    for (const userId of await office.people(16)) await refusedWith(office.hold(eventId, userId));
    expect(await seatsOf(eventId)).toEqual(upTo(16));
    expect(await office.reservations.availability(eventId)).toMatchObject({ seats: 16 });
    const confirmed = await office.db.reservation.findMany({ where: { eventId, status: 'confirmed' } });
    const entrants = await office.db.entrant.findMany({ where: { tournamentId: eventId } });
    expect(entrants.map(({ userId }) => userId).sort()).toEqual(confirmed.map(({ userId }) => userId).sort());
  });

  it('and of confirming, giving back and expiring at once exactly one wins', async () => {
    const other = office.another();
    const outcomes: Record<string, number> = {};
    for (let round = 0; round < 24; round += 1) {
      const eventId = await office.event({ seats: 2 });
      const [ann = ''] = await office.people(1);
      const { reservationId } = await office.hold(eventId, ann);
      const what = { reservationId, actor: 'trusted' } as const;
      const confirm = () => other.confirm({ ...what, paymentIntentId: undefined });
      const cancel = () => office.reservations.cancel({ ...what, reason: '' });
      office.clock.advance(HOLD_SECONDS * 1_000 - 1);
      const rivals =
        round % 2 === 0
          ? [refusedWith(confirm()), refusedWith(cancel())]
          : [refusedWith(cancel()), refusedWith(confirm())];
      if (round % 3 > 0) office.clock.advance(1);
      const [first, second] = await Promise.all([...rivals, office.reservations.beat(), other.beat()]);
      const row = await office.db.reservation.findUniqueOrThrow({ where: { id: reservationId } });
      const entrants = await office.db.entrant.count({ where: { tournamentId: eventId } });
      expect(entrants).toBe(row.status === 'confirmed' ? 1 : 0);
      // A confirmed seat may still be given back: then both were told so, in that order.
      const told = [first, second].filter((reason) => reason === undefined).length;
      expect(told).toBe(row.status === 'expired' ? 0 : row.confirmedAt && row.status === 'cancelled' ? 2 : 1);
      outcomes[row.status] = (outcomes[row.status] ?? 0) + 1;
    }
    expect(Object.keys(outcomes).length).toBeGreaterThan(1);
  });
});
