import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededFraction } from '../../../engine/rollback/testing/random';
import { createTestDatabase, type TestDatabase } from '../../db/testing';
import type { Scenario } from './payments';
import { createTill, refusedWith } from './testing/till';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function rehearse(scenario: Scenario, scenarios = true, random: () => number = seededFraction(7)) {
  const till = createTill(database.db, { scenarios, random });
  const [userId = ''] = await till.people(1);
  const cup = await till.cup();
  const reservationId = await till.hold(cup, userId);
  const { paymentIntentId } = await till.intend({ userId, fee: cup.fee, reservationId, scenario });
  const state = async () => (await till.room.get(paymentIntentId, 'trusted')).state;
  const after = async (ms: number) => {
    till.clock.advance(ms);
    await till.room.beat();
    return state();
  };
  const process = (action?: 'approve' | 'fail') =>
    till.room.process({ paymentIntentId, actor: 'trusted', ...(action ? { action } : {}) });
  return { till, userId, paymentIntentId, state, after, process };
}

test('PAY-24 approve completes by itself after 2 s, fail fails', async () => {
  const approved = await rehearse('approve');
  expect(await approved.after(1_999)).toBe('pending');
  expect(await approved.after(1)).toBe('completed');
  expect(await approved.till.coinsOf(approved.userId)).toBe(90);
  const failed = await rehearse('fail');
  expect(await failed.after(1_999)).toBe('pending');
  expect(await failed.after(1)).toBe('failed');
  expect(await failed.till.coinsOf(failed.userId)).toBeUndefined();
});

test('PAY-24 delay completes after 10 to 30 s, and whoever pays before waits for it', async () => {
  const { after, process } = await rehearse('delay');
  expect((await process()).state).toBe('processing');
  expect((await process()).state).toBe('processing');
  expect(await after(9_999)).toBe('processing');
  expect(await after(20_001)).toBe('completed');
  expect((await process()).state).toBe('completed');
});

test('PAY-24 random completes or fails by luck', async () => {
  expect((await (await rehearse('random', true, () => 0.69)).process()).state).toBe('completed');
  const unlucky = await rehearse('random', true, () => 0.7);
  expect(await unlucky.after(2_000)).toBe('failed');
});

test('PAY-24 timeout is under way until it expires', async () => {
  const { after, process, state } = await rehearse('timeout');
  expect(await after(2_000)).toBe('processing');
  expect((await process()).state).toBe('processing');
  expect(await after(15 * 60_000 - 2_001)).toBe('processing');
  expect(await after(1)).toBe('expired');
  expect(await state()).toBe('expired');
});

test('PAY-24 with scenarios off nothing moves by itself, and an intent can’t be made to fail', async () => {
  const { after, process, till, paymentIntentId } = await rehearse('fail', false);
  expect(await after(60_000)).toBe('pending');
  expect(await refusedWith(process('fail'))).toBe('bad_action');
  expect((await process()).state).toBe('completed');
  expect(
    await refusedWith(
      till.room.simulate({ paymentIntentId, actor: 'trusted', state: 'failed', delaySeconds: 0 }),
    ),
  ).toBe('no_route');
});

test('PAY-24 nobody sets the turn of somebody else’s payment', async () => {
  const { till, userId, paymentIntentId, after } = await rehearse('none');
  const turn = { paymentIntentId, state: 'failed', delaySeconds: 0 } as const;
  expect(await refusedWith(till.room.simulate({ ...turn, actor: { playerId: 'stranger' } }))).toBe(
    'not_yours',
  );
  expect(await after(1)).toBe('pending');
  await till.room.simulate({ ...turn, actor: { playerId: userId } });
  expect(await after(1)).toBe('failed');
});

test('PAY-24 an intent that was rehearsed stays still once scenarios are off', async () => {
  const { till, paymentIntentId, state } = await rehearse('approve');
  const off = createTill(database.db, {}, till.clock);
  till.clock.advance(5_000);
  await off.room.beat();
  expect(await state()).toBe('pending');
  expect((await off.room.process({ paymentIntentId, actor: 'trusted' })).state).toBe('completed');
});

test('PAY-24 the action fail declines, whatever the scenario', async () => {
  const { process } = await rehearse('approve');
  expect(await process('fail')).toMatchObject({ state: 'failed', failureReason: 'declined' });
});

test('a simulated webhook takes its turn when it is due', async () => {
  const { till, paymentIntentId, after } = await rehearse('none');
  const { scheduledAt } = await till.room.simulate({
    paymentIntentId,
    actor: 'trusted',
    state: 'completed',
    delaySeconds: 5,
  });
  expect(scheduledAt.getTime()).toBe(till.clock.now() + 5_000);
  expect(await after(4_999)).toBe('pending');
  expect(await after(1)).toBe('completed');
  expect(
    await refusedWith(
      till.room.simulate({ paymentIntentId, actor: 'trusted', state: 'failed', delaySeconds: 0 }),
    ),
  ).toBe('payment_over');
});
