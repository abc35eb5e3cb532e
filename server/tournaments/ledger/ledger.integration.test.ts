import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../clock';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import { addPeople } from '../queue/testing/cup';
import { FEES, mayOwe, playerAccount, potAccount } from './accounts';
import { DAILY_COINS, dayOf, grantCoins, grantDaily, grantDue, TRANSACTION } from './coins';
import { type LedgerLine, mergedLines, post } from './entries';
import { createLedgerJobs } from './jobs';
import { type TransferRequest, transfer, WELCOME_COINS } from './ledger';
import { proveBooks } from './prove-books';
import { wallet, walletHistory } from './wallet';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const move = (request: Partial<TransferRequest> & Pick<TransferRequest, 'entries'>) =>
  database.db.$transaction(
    (tx) => transfer(tx, { key: randomUUID(), kind: 'grant', reason: null, actorId: null, ...request }),
    TRANSACTION,
  );

const between = (from: string, to: string, amount: number): LedgerLine[] => [
  { accountId: from, amount: -amount },
  { accountId: to, amount },
];

async function balanceOf(accountId: string): Promise<number | undefined> {
  const row = await database.db.ledgerAccount.findUnique({ where: { id: accountId } });
  return row ? Number(row.balance) : undefined;
}

async function expectSound(): Promise<void> {
  const { violations, sumOfEntries, sumOfBalances, isSound } = await proveBooks(database.db);
  expect(violations).toEqual([]);
  expect([sumOfEntries, sumOfBalances, isSound]).toEqual([0n, 0n, true]);
}

describe('PAY-10: transfers', () => {
  it('move coins once for a key, however many bring it at once', async () => {
    const [one = ''] = await addPeople(database.db, 1);
    const key = randomUUID();
    const pot = potAccount(randomUUID());
    const results = await Promise.all(
      Array.from({ length: 20 }, () => move({ key, entries: between(playerAccount(one), pot, 30) })),
    );
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(results.map(({ transferId }) => transferId)).size).toBe(1);
    expect(await balanceOf(pot)).toBe(30);
    expect(await balanceOf(playerAccount(one))).toBe(WELCOME_COINS - 30);
    await expectSound();
  });

  it('leave nobody below zero, and then nothing of them happened', async () => {
    const [one = ''] = await addPeople(database.db, 1);
    const pot = potAccount(randomUUID());
    await move({ entries: between(playerAccount(one), pot, 70) });
    await expect(move({ entries: between(playerAccount(one), pot, 31) })).rejects.toMatchObject({
      detail: { reason: 'no_funds', accountId: playerAccount(one) },
    });
    await expect(move({ entries: between(pot, playerAccount(one), 71) })).rejects.toMatchObject({
      detail: { reason: 'no_funds', accountId: pot },
    });
    expect(await balanceOf(playerAccount(one))).toBe(30);
    // The house may: coins come from somewhere.
    await move({ entries: between(FEES, playerAccount(one), 500) });
    expect(await balanceOf(playerAccount(one))).toBe(530);
    await expectSound();
  });

  it('spend the same coins once when many try at once', async () => {
    const [one = ''] = await addPeople(database.db, 1);
    const pots = Array.from({ length: 12 }, () => potAccount(randomUUID()));
    const results = await Promise.allSettled(
      pots.map((pot) => move({ entries: between(playerAccount(one), pot, 40) })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await balanceOf(playerAccount(one))).toBe(20);
    await expectSound();
  });

  it('in a storm between the same accounts never wait in a circle, and the sum is zero at every moment', async () => {
    const people = await addPeople(database.db, 8);
    const pots = [potAccount('storm-1'), potAccount('storm-2')];
    const all = [...people.map(playerAccount), ...pots, FEES];
    const random = fc.sample(
      fc.record({
        from: fc.constantFrom(...all),
        to: fc.constantFrom(...all),
        also: fc.constantFrom(...all),
        amount: fc.integer({ min: 1, max: 40 }),
      }),
      { seed: 4, numRuns: 400 },
    );
    const left = random.map((one, index) => ({ ...one, index }));
    const sums: bigint[] = [];
    let moved = 0;
    const work = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        const { from, to, also, amount, index } = one;
        if (index % 20 === 0) {
          const [row] = await database.db.$queryRaw<{ sum: bigint }[]>`
            SELECT sum("balance")::bigint AS "sum" FROM "LedgerAccount"`;
          sums.push(row?.sum ?? 0n);
        }
        const entries = [...between(from, to, amount), ...between(also, to, amount)];
        await move({ entries }).then(
          () => {
            moved += 1;
          },
          (error: unknown) => expect(error).toMatchObject({ detail: { reason: 'no_funds' } }),
        );
      }
    };
    // More than there are connections.
    await Promise.all(Array.from({ length: 24 }, work));
    expect(moved).toBeGreaterThan(100);
    expect(sums).toEqual(Array.from({ length: 20 }, () => 0n));
    await expectSound();
  });

  it('do what the plain model does, in 100 rows of commands', async () => {
    const commands = fc.array(
      fc.record({
        from: fc.constantFrom('player:x', 'player:y', 'tournament:m', FEES),
        to: fc.constantFrom('player:x', 'player:y', 'tournament:m', FEES),
        amount: fc.integer({ min: 1, max: 120 }),
        again: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    for (const [index, sequence] of fc.sample(commands, { seed: 100, numRuns: 100 }).entries()) {
      const named = (id: string) => (mayOwe(id) ? id : `${id}-${index}`);
      let model = new Map<string, number>();
      for (const { from, to, amount, again } of sequence) {
        const lines = between(named(from), named(to), amount);
        const before = new Map(model);
        // What moves nothing opens nothing.
        for (const { accountId } of mergedLines(lines))
          if (!before.has(accountId))
            before.set(
              accountId,
              accountId.startsWith('player:') ? WELCOME_COINS : ((await balanceOf(accountId)) ?? 0),
            );
        const expected = post(before, mergedLines(lines));
        const request = { key: randomUUID(), entries: lines };
        const outcome = await move(request).catch(() => undefined);
        expect(outcome !== undefined).toBe('posted' in expected);
        if (!('posted' in expected)) continue;
        model = before;
        for (const { accountId, balanceAfter } of expected.posted) model.set(accountId, balanceAfter);
        if (again) expect((await move(request)).isNew).toBe(false);
      }
      for (const [id, balance] of model) expect((await balanceOf(id)) ?? 0).toBe(balance);
    }
    await expectSound();
  }, 120_000);
});

describe('PAY-11: coins come from', () => {
  it('the welcome, once, however many look first', async () => {
    const [one = ''] = await addPeople(database.db, 1);
    const seen = await Promise.all(Array.from({ length: 10 }, () => wallet(database.db, one)));
    expect(seen.map(({ balance }) => balance)).toEqual(Array.from({ length: 10 }, () => WELCOME_COINS));
    expect(await wallet(database.db, randomUUID())).toEqual({ balance: 0 });
    await expectSound();
  });

  it('each day with a log-in, once, and not for guests', async () => {
    const { db } = database;
    const [one = '', guest = ''] = await addPeople(db, 2);
    await db.user.update({ where: { id: guest }, data: { isGuest: true, lastLoginAt: new Date() } });
    const given = await Promise.all(Array.from({ length: 6 }, () => grantDaily(db, one, '2026-11-26')));
    expect(given.filter(Boolean)).toHaveLength(1);
    expect(await grantDaily(db, one, '2026-11-27')).toBe(true);
    expect(await grantDaily(db, guest, '2026-11-26')).toBe(false);
    expect(await wallet(db, one)).toEqual({ balance: WELCOME_COINS + 2 * DAILY_COINS });
    expect(await wallet(db, guest)).toEqual({ balance: WELCOME_COINS });
    await expectSound();
  });

  it('each log-in soon after it, whether or not anybody looks', async () => {
    const { db } = database;
    const [one = '', guest = '', banned = ''] = await addPeople(db, 3);
    await db.user.update({ where: { id: guest }, data: { isGuest: true } });
    const login = new Date('2026-11-30T23:59:58Z');
    for (const id of [one, guest, banned])
      await db.user.update({ where: { id }, data: { lastLoginAt: login } });
    await db.user.update({ where: { id: banned }, data: { bannedAt: new Date('2026-12-01T00:00:05Z') } });
    await Promise.all([grantDue(db), grantDue(db)]);
    expect([await grantDue(db), await db.logInDay.count()]).toEqual([0, 0]);
    const keys = await db.ledgerTransfer.findMany({ where: { kind: 'daily', key: { contains: one } } });
    // For the day of the log-in, not the day after.
    expect(keys.map(({ key }) => key)).toEqual([`daily:${one}:2026-11-30`]);
    for (const id of [guest, banned])
      expect(await db.ledgerTransfer.count({ where: { key: { startsWith: `daily:${id}` } } })).toBe(0);
    await expectSound();
  });

  it('both of two log-ins around midnight between two looks', async () => {
    const { db } = database;
    const [one = ''] = await addPeople(db, 1);
    for (const login of ['2026-12-04T23:59:57Z', '2026-12-05T00:00:02Z', '2026-12-05T00:00:03Z'])
      await db.user.update({ where: { id: one }, data: { lastLoginAt: new Date(login) } });
    await grantDue(db);
    const keys = await db.ledgerTransfer.findMany({
      where: { kind: 'daily', key: { contains: one } },
      orderBy: { key: 'asc' },
    });
    expect(keys.map(({ key }) => key)).toEqual([`daily:${one}:2026-12-04`, `daily:${one}:2026-12-05`]);
    await expectSound();
  });

  it('a look at the wallet on a day with a log-in', async () => {
    const { db } = database;
    const [one = ''] = await addPeople(db, 1);
    const now = new Date('2026-11-26T23:59:59Z');
    await db.user.update({ where: { id: one }, data: { lastLoginAt: new Date('2026-11-26T00:00:00Z') } });
    expect(await wallet(db, one, now)).toEqual({ balance: WELCOME_COINS + DAILY_COINS });
    expect(await wallet(db, one, now)).toEqual({ balance: WELCOME_COINS + DAILY_COINS });
    // The next day nobody logged in.
    expect(await wallet(db, one, new Date('2026-11-27T00:00:00Z'))).toEqual({
      balance: WELCOME_COINS + DAILY_COINS,
    });
    expect(dayOf(now)).toBe('2026-11-26');
  });

  it('an admin, with a reason that is written down, and as many are taken away as there are', async () => {
    const { db } = database;
    const [one = '', admin = ''] = await addPeople(db, 2);
    const grant = { userId: one, amount: 25, reason: 'won a quiz', key: 'quiz' };
    const first = await grantCoins(db, grant, admin);
    expect(await grantCoins(db, grant, admin)).toEqual(first);
    expect((await wallet(db, one)).balance).toBe(WELCOME_COINS + 25);
    const noted = await db.auditEvent.findMany({ where: { target: `user:${one}` } });
    expect(noted).toMatchObject([{ actorId: admin, action: 'ledger.grant', reason: 'won a quiz' }]);
    await expect(
      grantCoins(db, { userId: one, amount: -1_000, reason: 'cheated' }, admin),
    ).rejects.toMatchObject({ detail: { reason: 'no_funds' } });
    await expect(
      grantCoins(db, { userId: randomUUID(), amount: 1, reason: 'x' }, admin),
    ).rejects.toMatchObject({ detail: { reason: 'no_user' } });
    await expectSound();
  });

  it('and their owner sees each movement, page by page', async () => {
    const { db } = database;
    const [one = '', admin = ''] = await addPeople(db, 2);
    for (const amount of [1, 2, 3])
      await grantCoins(db, { userId: one, amount, reason: `no ${amount}` }, admin);
    const first = await walletHistory(db, one, { limit: 2 });
    expect(first.entries.map(({ amount, balanceAfter }) => [amount, balanceAfter])).toEqual([
      [3, 106],
      [2, 103],
    ]);
    const rest = await walletHistory(db, one, { limit: 2, cursor: first.nextCursor });
    expect(rest.entries.map(({ amount, kind }) => [amount, kind])).toEqual([
      [1, 'grant'],
      [WELCOME_COINS, 'welcome'],
    ]);
    expect(rest.nextCursor).toBeNull();
  });
});

describe('PAY-12: the proof of the books', () => {
  it('tells of each thing that is not as it has to be', async () => {
    const broken = await createTestDatabase();
    try {
      const { db } = broken;
      const [owner = '', one = '', two = ''] = await addPeople(db, 3);
      for (const id of [one, two]) await wallet(db, id);
      const { id: eventId } = await db.tournament.create({
        data: {
          name: 'cup',
          ownerId: owner,
          seats: 2,
          status: 'open',
          opensAt: new Date(0),
          closesAt: new Date(8e12),
          startsAt: new Date(8e12),
        },
      });
      const log = pino({ level: 'silent' });
      const jobs = createLedgerJobs({ db, clock: systemClock, log });
      expect((await jobs.prove()).isSound).toBe(true);
      // Somebody with the database's own password goes past every rule.
      await db.$executeRaw`ALTER TABLE "LedgerEntry" DISABLE TRIGGER ALL`;
      await db.$executeRaw`ALTER TABLE "LedgerAccount" DROP CONSTRAINT "LedgerAccount_not_below_zero"`;
      await db.$executeRaw`UPDATE "LedgerAccount" SET "balance" = "balance" + 7 WHERE "id" = ${playerAccount(one)}`;
      await db.$executeRaw`UPDATE "LedgerEntry" SET "amount" = "amount" + 1 WHERE "accountId" = ${playerAccount(two)}`;
      await db.ledgerAccount.create({ data: { id: 'player:nobody', balance: -1 } });
      await db.ledgerTransfer.create({ data: { key: 'fee:nothing', kind: 'fee' } });
      const seat = { eventId, fee: 10, holdExpiresAt: new Date(), endedAt: new Date(0) };
      const lost = await db.reservation.create({
        data: { ...seat, userId: one, seat: 1, status: 'expired' },
      });
      const unpaid = await db.reservation.create({
        data: { ...seat, userId: two, seat: 1, status: 'confirmed' },
      });
      for (const [index, userId] of [owner, one].entries())
        await db.reservation.create({ data: { ...seat, userId, seat: 2 + index } });
      const paid = await db.paymentIntent.create({
        data: {
          reservationId: lost.id,
          userId: one,
          amount: 10,
          status: 'completed',
          refundedAmount: 4,
          expiresAt: new Date(),
        },
      });
      const proof = await jobs.prove();
      expect(jobs.latest()).toBe(proof);
      expect(proof.isSound).toBe(false);
      const found = proof.violations.map(({ what, subject }) => `${what} ${subject}`);
      expect(found).toEqual(
        expect.arrayContaining([
          `wrong_balance ${playerAccount(one)}`,
          `wrong_balance ${playerAccount(two)}`,
          `wrong_running_balance ${playerAccount(two)}`,
          'not_welcomed player:nobody',
          'below_zero player:nobody',
          'coins_without_payment fee:nothing',
          `wrong_refund ${paid.id}`,
          `refund_overdue ${paid.id}`,
          `oversold ${eventId}`,
          `paid_without_coins ${paid.id}`,
          `paid_without_seat ${paid.id}`,
          `seat_without_payment ${unpaid.id}`,
          `seat_without_entrant ${unpaid.id}`,
        ]),
      );
      expect(found.filter((line) => line.startsWith('unbalanced_transfer'))).toHaveLength(1);
      await jobs.close();
    } finally {
      await broken.drop();
    }
  });
});
