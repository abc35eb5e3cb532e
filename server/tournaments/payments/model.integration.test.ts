import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { proveBooks } from '../ledger/prove-books';
import { createTill, type Till } from './testing/till';

/** Whatever people do with payments, coins are where the model says. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const PEOPLE = 2;
const FEE = 40;

interface ModelIntent {
  readonly id: string;
  readonly seat: number;
  state: 'open' | 'paid' | 'over';
  refunded: number;
}

interface Model {
  readonly till: Till;
  readonly people: string[];
  readonly coins: number[];
  readonly seats: { readonly id: string; readonly person: number; isHeld: boolean }[];
  readonly intents: ModelIntent[];
  readonly cup: { readonly id: string; readonly fee: number };
}

type Step = (model: Model) => Promise<void>;

const pick = <T>(list: readonly T[], index: number): T | undefined =>
  list.length === 0 ? undefined : list[index % list.length];

const steps = {
  hold:
    (n: number): Step =>
    async ({ till, seats, people, cup }) => {
      const person = n % PEOPLE;
      // One seat a person, as the database has it.
      if (seats.some((seat) => seat.person === person && seat.isHeld)) return;
      seats.push({ id: await till.hold(cup, people[person] ?? ''), person, isHeld: true });
    },
  intend:
    (n: number): Step =>
    async ({ till, seats, people, intents }) => {
      const index = seats.length === 0 ? -1 : n % seats.length;
      const seat = seats[index];
      if (!seat) return;
      const mine = intents.filter((intent) => intent.seat === index);
      const may =
        seat.isHeld &&
        mine.every(({ state }) => state !== 'paid') &&
        mine.filter(({ state }) => state === 'open').length < 10;
      const made = till.intend({ reservationId: seat.id, userId: people[seat.person] ?? '', fee: FEE });
      if (may) intents.push({ id: (await made).paymentIntentId, seat: index, state: 'open', refunded: 0 });
      else await expect(made).rejects.toThrow();
    },
  process:
    (n: number): Step =>
    async ({ till, seats, coins, intents }) => {
      const intent = pick(intents, n);
      const seat = intent && seats[intent.seat];
      if (!intent || !seat) return;
      const before = intent.state;
      const answers = await Promise.allSettled(
        [1, 2, 3].map(() => till.room.process({ paymentIntentId: intent.id, actor: 'trusted' })),
      );
      if (before !== 'open') return;
      const rich = (coins[seat.person] ?? 0) >= FEE;
      const pays = seat.isHeld && rich;
      intent.state = pays ? 'paid' : 'over';
      expect(
        answers.every(
          (answer) => answer.status === 'fulfilled' && answer.value.state === (pays ? 'completed' : 'failed'),
        ),
      ).toBe(true);
      if (!pays) return;
      coins[seat.person] = (coins[seat.person] ?? 0) - FEE;
      for (const other of intents)
        if (other.seat === intent.seat && other.state === 'open') other.state = 'over';
    },
  cancel:
    (n: number): Step =>
    async ({ till, seats, coins, intents }) => {
      const intent = pick(intents, n);
      const seat = intent && seats[intent.seat];
      if (!intent || !seat) return;
      const part = n % 3 === 0 ? 15 : undefined;
      const answer = till.room.cancel({
        paymentIntentId: intent.id,
        reason: '',
        refundAmount: part,
        actor: 'trusted',
      });
      await answer.catch(() => {});
      if (intent.state === 'open') intent.state = 'over';
      else if (intent.state === 'paid') {
        const amount = part ?? FEE;
        intent.state = 'over';
        intent.refunded = amount;
        coins[seat.person] = (coins[seat.person] ?? 0) + amount;
      } else if (intent.refunded > 0 && part === undefined) {
        coins[seat.person] = (coins[seat.person] ?? 0) + FEE - intent.refunded;
        intent.refunded = FEE;
      }
    },
  lose:
    (n: number): Step =>
    async ({ till, seats, coins, intents }) => {
      const index = seats.length === 0 ? -1 : n % seats.length;
      const seat = seats[index];
      if (!seat?.isHeld) return;
      seat.isHeld = false;
      await till.seatBecomes(seat.id, 'expired');
      // As the seats' own job does it.
      for (const { paymentIntentId } of await till.room.lookup.listFor(seat.id))
        expect(await till.room.lookup.giveBack(paymentIntentId, 'lost', paymentIntentId)).toBe(true);
      for (const intent of intents.filter((one) => one.seat === index)) {
        const wasPaid = intent.state === 'paid' || intent.refunded > 0;
        if (wasPaid) coins[seat.person] = (coins[seat.person] ?? 0) + FEE - intent.refunded;
        if (wasPaid) intent.refunded = FEE;
        intent.state = 'over';
      }
    },
} as const;

const step = fc
  .tuple(
    fc.constantFrom(...(['hold', 'intend', 'intend', 'process', 'process', 'cancel', 'lose'] as const)),
    fc.nat(20),
  )
  .map(([name, n]) => ({ name, n, run: steps[name](n) }));

test('PAY-2 PAY-8 any sequence of payments, refunds and lost seats leaves coins where the model has them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (sequence) => {
      const till = createTill(database.db);
      const people = await till.people(PEOPLE);
      const coins = people.map(() => 100);
      const model: Model = { till, people, coins, seats: [], intents: [], cup: await till.cup({ fee: FEE }) };
      for (const { run } of sequence) {
        await run(model);
        const has = await Promise.all(people.map(async (id) => (await till.coinsOf(id)) ?? 100));
        expect(has).toEqual(coins);
        const spent = coins.reduce((sum, one) => sum + 100 - one, 0);
        expect(await till.potOf(model.cup)).toBe(spent);
      }
    }),
    { numRuns: 40, seed: 20261126, endOnFailure: true },
  );
  const proof = await proveBooks(database.db);
  expect(proof).toMatchObject({ sumOfEntries: 0n, sumOfBalances: 0n });
  expect(proof.violations).toEqual([]);
}, 240_000);
