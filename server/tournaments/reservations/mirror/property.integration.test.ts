import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLive } from '../hold';
import { type BoxOffice, openBoxOffice } from '../testing/box-office';
import { createSeatMirror, type SeatMirror } from './mirror';
import { otherOffice } from './testing/other-office';

let office: BoxOffice;
beforeAll(async () => {
  office = await openBoxOffice({ isWorking: false });
});
afterAll(() => office.close());

const PEOPLE = 4;
const SEATS = 2;
const who = fc.nat({ max: PEOPLE - 1 });
/** Which process does it. */
const by = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('hold' as const), who, by }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('confirmed' as const), who, by }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('cancelled' as const), who, by }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('expired' as const), who, by }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('tell' as const), which: fc.nat(), by }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('end here' as const), who }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('round' as const), by }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const), by }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('down' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
/** What happens at once. */
const moment = fc.array(step, { minLength: 1, maxLength: 5 });

const anotherMirror = (keeper: ReturnType<typeof otherOffice>) =>
  createSeatMirror({
    db: office.db,
    clock: office.clock,
    log: pino({ level: 'silent' }),
    keeper,
    changed: () => {},
  });

/** Two processes, a service elsewhere, and one tournament. */
async function play(moments: readonly (readonly Step[])[]): Promise<void> {
  const { db } = office;
  const other = otherOffice(() => office.clock.now());
  const mirrors: [SeatMirror, SeatMirror] = [anotherMirror(other), anotherMirror(other)];
  const eventId = await office.event({ seats: SEATS });
  const people = await office.people(PEOPLE);
  const told: Parameters<SeatMirror['tell']>[0][] = [];
  const live = (userId = '') =>
    [...other.seats.values()].find((one) => one.userId === userId && isLive(one.state));

  async function happen(one: Step): Promise<void> {
    switch (one.what) {
      case 'down':
        other.isDown = !other.isDown;
        return;
      case 'restart':
        mirrors[one.by] = anotherMirror(other);
        return;
      case 'round':
        return mirrors[one.by].beat();
      case 'tell': {
        const old = told[one.which % Math.max(1, told.length)];
        if (old) await mirrors[one.by].tell(old);
        return;
      }
      case 'end here': {
        const where = { eventId, userId: people[one.who] ?? '', status: 'hold' as const };
        await db.reservation.updateMany({
          where,
          data: { status: 'cancelled', endedAt: new Date(office.clock.now()), releaseDue: true },
        });
        return;
      }
    }
    const seat = live(people[one.who]);
    const mayTurn = one.what !== 'hold' && seat && (one.what !== 'expired' || seat.state === 'hold');
    if (one.what === 'hold') told.push(other.hold(eventId, people[one.who] ?? ''));
    else if (mayTurn) told.push(other.turn(seat.reservationId, one.what));
    // Half of what is answered passes this gateway.
    const last = told.at(-1);
    if (one.by === 0 && last) await mirrors[0].tell(last);
  }

  for (const steps of moments) {
    await Promise.all(steps.map(happen));
    expect(await office.taken(eventId)).toBeLessThanOrEqual(SEATS);
  }
  other.isDown = false;
  // What doesn't fit is seen twice, given back, and its room found by the next one.
  for (let round = 0; round < 4; round += 1) await Promise.all(mirrors.map((one) => one.beat()));
  const there = [...other.seats.values()].filter(({ state }) => isLive(state));
  const rows = await db.reservation.findMany({
    where: { eventId, status: { in: ['hold', 'confirmed'] } },
  });
  expect(new Set(rows.map(({ id, status }) => `${id} ${status}`))).toEqual(
    new Set(there.map(({ reservationId, state }) => `${reservationId} ${state}`)),
  );
  const entrants = await db.entrant.findMany({ where: { tournamentId: eventId } });
  expect(new Set(entrants.map(({ userId }) => userId))).toEqual(
    new Set(there.filter(({ state }) => state === 'confirmed').map(({ userId }) => userId)),
  );
  await db.tournament.update({ where: { id: eventId }, data: { status: 'ended' } });
}

test('SEAT-12: whatever is told late, twice, at once or never, nothing is oversold, and in the end the entrants are those with a seat there', async () => {
  await fc.assert(fc.asyncProperty(fc.array(moment, { minLength: 2, maxLength: 12 }), play), {
    numRuns: 30,
    seed: 20_261_127,
  });
}, 120_000);
