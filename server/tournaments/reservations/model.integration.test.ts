import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoxOffice, openBoxOffice, refusedWith } from './testing/box-office';
import { FEE, type ModelStep, SeatModel } from './testing/seat-model';

const PEOPLE = 4;
const SEATS = 2;

let office: BoxOffice;
beforeAll(async () => {
  // Nothing happens by itself: the job is a step like others.
  office = await openBoxOffice({ isWorking: false });
});
afterAll(() => office.close());

const who = fc.nat({ max: PEOPLE - 1 });
const step: fc.Arbitrary<ModelStep> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('create' as const), who }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('pay' as const), who }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('intend' as const), who }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('confirm' as const),
      who,
      with: fc.constantFrom('own' as const, 'none' as const, 'foreign' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('cancel' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('extend' as const),
      who,
      seconds: fc.integer({ min: -1, max: 500 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('drop' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('wait' as const),
      seconds: fc.constantFrom(0.001, 1, 14, 15, 59, 120, 121, 299, 300),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('job' as const) }) },
);

/** One history against the arcade and against the model. */
class Play {
  readonly #model = new SeatModel(SEATS, () => office.clock.now());
  /** The model's numbers of reservations and intents, and what they are called here. */
  readonly #seats = new Map<number, string>();
  readonly #intents = new Map<number, string>();

  constructor(
    readonly eventId: string,
    readonly people: readonly string[],
  ) {}

  #id(person: number): string {
    return this.people[person] ?? '';
  }

  async #do(one: ModelStep): Promise<string | undefined> {
    const { reservations, payments, clock } = office;
    if (one.what === 'wait') {
      clock.advance(Math.round(one.seconds * 1_000));
      return;
    }
    if (one.what === 'job') return reservations.beat().then(() => undefined);
    const userId = this.#id(one.who);
    const actor = { playerId: userId };
    if (one.what === 'create')
      return refusedWith(
        office.hold(this.eventId, userId).then((seat) => {
          this.#seats.set(this.#model.count, seat.reservationId);
          expect(seat.seat).toBe(this.#model.lowestFree());
        }),
      );
    const mine = this.#model.latest(one.who);
    const reservationId = mine && this.#seats.get(mine.id);
    if (!mine || reservationId === undefined) return 'nothing';
    const intent = this.#intents.get(mine.intents.at(-1)?.id ?? -1);
    switch (one.what) {
      case 'cancel':
        return refusedWith(reservations.cancel({ reservationId, reason: '', actor }));
      case 'extend':
        return refusedWith(reservations.extend({ reservationId, seconds: one.seconds, actor }));
      case 'intend':
        return refusedWith(
          payments
            .createIntent({
              ...{ reservationId, userId, amount: FEE, currency: 'COIN', method: 0 },
              ...{ scenario: 'none', webhookUrl: undefined },
            })
            .then(({ paymentIntentId }) => this.#intents.set(this.#model.intentCount, paymentIntentId)),
        );
      case 'confirm': {
        const foreign = this.#model.foreignIntent(one.who);
        const paymentIntentId = { own: intent, none: undefined, foreign: this.#intents.get(foreign ?? -1) };
        return refusedWith(
          reservations.confirm({ reservationId, paymentIntentId: paymentIntentId[one.with], actor }),
        );
      }
      case 'pay':
        if (intent === undefined) return 'nothing';
        return payments
          .process({ paymentIntentId: intent, actor })
          .then(({ state }): string => state)
          .catch(() => 'refused');
      case 'drop':
        if (intent === undefined || mine.intents.at(-1)?.state !== 'pending') return 'nothing';
        return refusedWith(
          payments.cancel({ paymentIntentId: intent, reason: '', refundAmount: undefined, actor }),
        );
    }
  }

  async take(one: ModelStep): Promise<void> {
    const said = await this.#do(one);
    const expected = this.#model.take(one);
    // Of a payment for what is over it depends on the job what is told; the coins are looked at in the end.
    if (expected === 'over') expect(['completed', 'failed', 'refused']).toContain(said);
    else expect([one, said]).toEqual([one, expected]);
    await this.#compare();
  }

  async #compare(): Promise<void> {
    const { seats } = await office.reservations.list({
      ...{ userId: undefined, eventId: this.eventId, state: undefined, limit: 200, cursor: undefined },
    });
    const told = new Map(seats.map((seat) => [seat.reservationId, seat]));
    for (const { id, state, person, seat, until } of this.#model.all()) {
      const found = told.get(this.#seats.get(id) ?? '');
      expect(found).toMatchObject({ state, seat, userId: this.#id(person) });
      if (state === 'hold') expect(found?.holdExpiresAt.getTime()).toBe(until);
    }
    const live = seats.filter(({ state }) => state === 'hold' || state === 'confirmed');
    expect(live.length).toBeLessThanOrEqual(SEATS);
    expect(new Set(live.map(({ seat }) => seat)).size).toBe(live.length);
    expect(new Set(live.map(({ userId }) => userId)).size).toBe(live.length);
    const { held, confirmed } = await office.reservations.availability(this.eventId);
    expect(held + confirmed).toBe(live.length);
  }

  /** Who has paid has a seat for it, holds it, or has the coins back. */
  async settle(): Promise<void> {
    await office.reservations.beat();
    for (const [index, userId] of this.people.entries())
      expect([index, await office.coins(userId)]).toEqual([index, this.#model.coins(index)]);
    expect(await office.db.reservation.count({ where: { eventId: this.eventId, refundDue: true } })).toBe(0);
    const entrants = await office.db.entrant.findMany({ where: { tournamentId: this.eventId } });
    expect(entrants.map(({ userId }) => userId).sort()).toEqual(
      this.#model
        .confirmed()
        .map((person) => this.#id(person))
        .sort(),
    );
  }
}

describe('SEAT-5, SEAT-7: seats do what a model of a page says', () => {
  it('through 100 histories of four people and two seats', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        const play = new Play(await office.event({ seats: SEATS, fee: FEE }), await office.people(PEOPLE));
        for (const one of steps) await play.take(one);
        await play.settle();
      }),
      { seed: 20_261, numRuns: 100, endOnFailure: true },
    );
    expect((await office.violations()).violations).toEqual([]);
  }, 300_000);
});
