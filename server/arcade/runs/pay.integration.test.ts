import { afterAll, beforeAll, expect, it } from 'vitest';
import { dumpSession } from '../../state/testing/sessions';
import { FEES, playerAccount } from '../../tournaments/ledger/accounts';
import { transfer } from '../../tournaments/ledger/ledger';
import { proveBooks } from '../../tournaments/ledger/prove-books';
import { type Ascent, ascend } from '../testing/climb';
import { type House, openHouse, PRIZES } from '../testing/house';
import type { ContinueWith } from './go-on';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Somebody who has lost a fight. */
async function beaten(): Promise<Ascent> {
  const climber = await ascend(house, PRIZES);
  await climber.fight('lose');
  return climber;
}

const pay = async (climber: Ascent, how: ContinueWith) => {
  climber.run = await house.arcade.payContinue(climber.climber, { ...climber.at, with: how });
};
const rowOf = ({ run }: Ascent) =>
  house.database.db.arcadeRun.findUniqueOrThrow({ where: { id: run.runId } });

it('each way to pay gives one more try, and is counted', async () => {
  const climber = await beaten();
  expect(climber.run.continues).toEqual({ left: 1, tokens: 0, coins: 100, price: 10 });
  await pay(climber, 'continue');
  expect(climber.run).toMatchObject({ moment: 'fight', continues: { left: 0, coins: 100 } });
  await climber.fight('lose');
  await expect(pay(climber, 'continue')).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(pay(climber, 'token')).rejects.toMatchObject({ code: 'CONFLICT' });
  await pay(climber, 'coin');
  expect(climber.run).toMatchObject({ moment: 'fight', continues: { left: 0, coins: 90 } });
  await climber.fight('win');
  expect(climber.run.moment).toBe('rest');
  expect(await rowOf(climber)).toMatchObject({ continuesUsed: 2, continuesLeft: 0, losses: 2 });
  expect((await proveBooks(house.database.db)).violations).toEqual([]);
});

it('a token is spent once', async () => {
  const climber = await beaten();
  await house.state.setQuantity({
    sessionId: climber.run.runId,
    player: 'player',
    item: 'coin',
    quantity: 1,
  });
  await pay(climber, 'token');
  expect(climber.run).toMatchObject({ moment: 'fight', items: [], continues: { left: 1, tokens: 0 } });
  await climber.fight('lose');
  await expect(pay(climber, 'token')).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('too few coins are refused, and nothing has moved', async () => {
  const climber = await beaten();
  const { db } = house.database;
  const id = playerAccount(climber.climber.playerId);
  await db.$transaction((tx) =>
    transfer(tx, {
      ...{ key: `spent:${id}`, kind: 'fee', reason: null, actorId: null },
      entries: [
        { accountId: id, amount: -91 },
        { accountId: FEES, amount: 91 },
      ],
    }),
  );
  const before = [
    await rowOf(climber),
    await dumpSession(db, climber.run.runId),
    await db.ledgerEntry.count(),
  ];
  await expect(pay(climber, 'coin')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect([
    await rowOf(climber),
    await dumpSession(db, climber.run.runId),
    await db.ledgerEntry.count(),
  ]).toEqual(before);
  expect((await house.arcade.run(climber.climber, climber.run.runId)).continues.coins).toBe(9);
  expect((await proveBooks(db)).violations).toEqual([]);
});

it('two windows that pay at once pay once', async () => {
  const climber = await beaten();
  const { at } = climber;
  const paying = () => house.arcade.payContinue(climber.climber, { ...at, with: 'coin' });
  const answers = await Promise.allSettled([paying(), paying(), paying()]);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const answer of answers)
    if (answer.status === 'rejected')
      expect(answer.reason).toMatchObject({ code: 'CONFLICT', detail: { reason: 'moved_on' } });
  expect((await house.arcade.run(climber.climber, at.runId)).continues.coins).toBe(90);
});

it('nothing goes on before it is paid, and nothing is paid where nothing was lost', async () => {
  const climber = await beaten();
  for (const ask of [() => climber.open(), () => climber.rest(), () => climber.choose('thank')])
    await expect(ask()).rejects.toMatchObject({ code: 'CONFLICT' });
  await pay(climber, 'continue');
  await expect(pay(climber, 'coin')).rejects.toMatchObject({ code: 'CONFLICT' });
});
