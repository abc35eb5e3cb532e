import { expect, type Page } from '@playwright/test';
import { challengeAndAccept, reportOf, stepOf } from './support/fight';
import { enterPeople, leave } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** Nobody leaves a fight by accident, and whoever did comes back into it. */

const t = words();

/** Every step that a fight's page has shown since. */
async function recordSteps(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const fight = document.querySelector('[data-testid=fight]');
    const steps: string[] = [];
    Object.assign(window, { steps });
    const note = () => steps.push(fight?.getAttribute('data-step') ?? '');
    if (fight) new MutationObserver(note).observe(fight, { attributeFilter: ['data-step'] });
  });
  return () => page.evaluate('window.steps');
}

/** Hits for a while, so that there is something to lose. */
async function brawl(page: Page, forward: string): Promise<void> {
  await page.keyboard.down(forward);
  for (let blow = 0; blow < 12; blow += 1) await page.keyboard.press('KeyJ', { delay: 60 });
  await page.keyboard.up(forward);
}

test('PEER-5: a fight outlives a reload, a way back and another tab, and ends for who stays away', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const sessionId = await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await brawl(one.page, 'KeyD');

  // Back opens the menu.
  await one.page.goBack();
  await expect(one.page.getByRole('dialog', { name: t.play.menu.title })).toBeVisible();
  await one.page.keyboard.press('Escape');
  await expect.poll(() => stepOf(one.page)).toBe('fighting');

  // Closing asks; a reload comes back into the fight where it was.
  const asked = new Promise<string>((resolve) => {
    one.page.once('dialog', (dialog) => {
      resolve(dialog.type());
      void dialog.accept();
    });
  });
  await one.page.reload();
  expect(await asked).toBe('beforeunload');
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expect.poll(() => stepOf(two.page)).toBe('fighting');
  const clock = Number(await one.page.getByRole('timer').textContent());
  expect(clock).toBeLessThan(98);
  await brawl(one.page, 'KeyD');
  await brawl(two.page, 'KeyA');

  // Another tab takes it over when asked to.
  const second = await one.page.context().newPage();
  await second.goto(`/play/${sessionId}`);
  await second.getByRole('button', { name: t.play.continueHere }).click();
  await expect.poll(() => stepOf(second)).toBe('fighting');
  await expect.poll(() => stepOf(two.page)).toBe('fighting');
  await expect(one.page.getByText(t.play.replaced)).toBeVisible();
  await brawl(second, 'KeyD');
  await brawl(two.page, 'KeyA');

  // Whoever is gone has a while to come back, which the other is told at once, and nothing that is not so.
  const stepsOfTwo = await recordSteps(two.page);
  await second.close();
  await expect.poll(() => stepOf(two.page), { timeout: 4_000 }).toBe('away');
  await expect(two.page.getByText(t.play.steps.away)).toBeVisible();
  await expect.poll(() => stepOf(two.page), { timeout: 30_000 }).toBe('result');
  expect(
    (await stepsOfTwo()).filter(
      (step) => !['interrupted', 'paused', 'away', 'deciding', 'result'].includes(step),
    ),
  ).toEqual([]);
  const report = await reportOf(two.page);
  expect(report).toMatchObject({ winner: '2', reason: 'forfeit', desyncs: 0 });
  expect(Number(report.judgedFrames)).toBeGreaterThan(300);
  await leave([one, two]);
});
