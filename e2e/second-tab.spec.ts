import { expect } from '@playwright/test';
import { challengeAndAccept, stepOf } from './support/fight';
import { enterPeople } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

const t = words();

test('a second tab of somebody who fights says so, and leaves the fight alone', async ({ browser }) => {
  test.setTimeout(120_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const sessionId = await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  const second = await one.page.context().newPage();
  for (const path of ['/lobby', `/play/${sessionId}`]) {
    await second.goto(path);
    const notice = path === '/lobby' ? t.line.fightingElsewhere : t.play.replaced;
    await expect(second.getByText(notice)).toBeVisible();
  }
  await second.close();
  await one.page.bringToFront();
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  expect(await stepOf(two.page)).toBe('fighting');
  // The fight ends by the hand of who fights, and both see the true result.
  await two.page.keyboard.press('Escape');
  await two.page.getByRole('button', { name: t.play.menu.leave }).click();
  await expect(one.page.getByTestId('match-report')).toHaveAttribute('data-winner', '1');
  for (const { page } of [one, two]) await page.context().close();
});
