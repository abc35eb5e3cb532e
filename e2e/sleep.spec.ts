import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, expect } from '@playwright/test';
import { challengeAndAccept, reportOf, stepOf } from './support/fight';
import { enterPeople, leave } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** A computer that is closed in the middle of a fight, and opened again. */

const t = words();

/** Every process of a browser stands still meanwhile, as on a computer that sleeps. */
async function whileAsleep(browser: Browser, meanwhile: () => Promise<void>): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { id } of processInfo) process.kill(id, 'SIGSTOP');
  try {
    await meanwhile();
  } finally {
    for (const { id } of processInfo) process.kill(id, 'SIGCONT');
  }
}

test('PEER-25: who sleeps a few seconds fights on, and who sleeps on loses as somebody whose line is gone', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(150_000);
  const computer = await playwright.chromium.launch();
  try {
    const [[one], [two]] = await Promise.all([enterPeople(browser, 'one'), enterPeople(computer, 'two')]);
    if (!one || !two) throw new Error('two people are needed');
    await challengeAndAccept(one, two);
    const timer = one.page.getByRole('timer');
    const seconds = async () => Number(await timer.textContent());
    await expect.poll(() => stepOf(two.page)).toBe('fighting');
    await expect.poll(seconds).toBeLessThan(98);

    let asleepAt = 0;
    await whileAsleep(computer, async () => {
      await sleep(6_000);
      expect(await stepOf(one.page)).not.toBe('fighting');
      asleepAt = await seconds();
    });
    for (const { page } of [one, two])
      await expect.poll(() => stepOf(page), { timeout: 15_000 }).toBe('fighting');
    await expect.poll(seconds).toBeLessThan(asleepAt);

    await whileAsleep(computer, async () => {
      await expect.poll(() => stepOf(one.page), { timeout: 20_000 }).toBe('away');
      await expect(one.page.getByText(t.play.steps.away)).toBeVisible();
      await expect.poll(() => stepOf(one.page), { timeout: 30_000 }).toBe('result');
      await expect(one.page.getByText(t.play.result.causes.won.gone)).toBeVisible();
    });
    await expect(two.page.getByText(t.play.result.causes.lost.gone)).toBeVisible({ timeout: 15_000 });
    for (const { page } of [one, two])
      expect(await reportOf(page)).toMatchObject({ winner: '1', reason: 'forfeit', desyncs: 0 });
    await leave([one, two]);
  } finally {
    await computer.close();
  }
});
