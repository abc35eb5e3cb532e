import { type Browser, expect, type Page } from '@playwright/test';
import { runAdmin } from './support/arcade-process';
import { challengeAndAccept, stepOf } from './support/fight';
import { expectAccessible, walkByKeyboard } from './support/page-quality';
import { enterPeople, leave, type Person, registerByPage } from './support/people';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { words } from './support/words';

/** What happened on the line of a fight, as both players and an admin see it afterwards. */

const t = words();
const SEEN_MS = 20_000;

/** Two meet; the first one's page makes what it receives late, uneven and lossy. */
async function meet(browser: Browser): Promise<{ one: Person; two: Person; sessionId: string }> {
  const [one, two] = await enterPeople(browser, 'far', 'near');
  if (!one || !two) throw new Error('two people are needed');
  await one.page.evaluate(() => sessionStorage.setItem('practice-network', 'rough'));
  const sessionId = await challengeAndAccept(one, two);
  for (const { page } of [one, two])
    await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');
  return { one, two, sessionId };
}

async function giveUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: t.play.menu.open }).click();
  await page.getByRole('button', { name: t.play.menu.leave }).click();
}

const statement = (page: Page, kind: string) =>
  page.getByTestId('statements').locator(`[data-kind="${kind}"]`);

test('PEER-23: after a fight both open its line from the result and read why it lagged; strangers can’t', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const { one, two, sessionId } = await meet(browser);
  // Something to roll back: both press, for ten seconds.
  for (let turn = 0; turn < 12; turn += 1) {
    await Promise.all([one, two].map(({ page }) => page.keyboard.press('KeyJ', { delay: 60 })));
    await two.page.waitForTimeout(700);
  }
  await giveUp(two.page);
  for (const { page } of [one, two]) {
    await page.getByRole('link', { name: t.play.result.line }).click();
    await expect(page).toHaveURL(new RegExp(`/match/${sessionId}$`));
    await expect(statement(page, 'practice')).toContainText(one.name, { timeout: SEEN_MS });
    // Each told what it saw: nobody is missing.
    await expect(page.getByTestId('wire-waiting')).toHaveCount(0, { timeout: SEEN_MS });
    await expect(statement(page, 'missing')).toHaveCount(0);
    await expect(page.getByTestId('wire-picture')).toBeVisible();
    await page.getByText(t.wire.table).click();
    const rows = page.getByRole('table').locator('tbody tr');
    expect(await rows.count()).toBeGreaterThan(1);
  }
  // 100 ms on one way, 8 % lost: the round trip and the loss of the side that asked for it.
  await expect(statement(one.page, 'loss')).toHaveAttribute('data-side', '1');
  await expect(statement(one.page, 'practice')).toContainText(t.wire.you.replace('{name}', one.name));
  const ping = await one.page
    .getByRole('table')
    .locator('tbody tr')
    .nth(1)
    .locator('td')
    .first()
    .textContent();
  expect(Number.parseInt(ping ?? '', 10)).toBeGreaterThan(80);

  const slider = one.page.getByRole('slider');
  await slider.press('Home');
  for (let press = 0; press < 5; press += 1) await slider.press('ArrowRight');
  await expect(one.page.getByRole('heading', { level: 3 }).first()).toContainText('0:05');
  // The title of a page that was come to by a link follows it.
  await expect(one.page).toHaveTitle(/./);
  await expectAccessible(one.page, '/match');
  const walk = await walkByKeyboard(one.page);
  expect(walk.unreached).toEqual([]);
  await one.page.setViewportSize({ width: 320, height: 640 });
  const overflow = () => one.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);

  const context = await browser.newContext();
  const stranger = await context.newPage();
  await registerByPage(stranger, uniqueName('stranger'));
  await stranger.goto(`/match/${sessionId}`);
  await expect(stranger.getByRole('heading', { level: 1, name: t.notFound.title })).toBeVisible();
  await expect(stranger.getByText(one.name)).toHaveCount(0);
  await context.close();
  await leave([one, two]);
});

test('PEER-20: a page that is closed in the fight tells what it saw, and an admin finds it', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const { one, two, sessionId } = await meet(browser);
  await one.page.waitForTimeout(4_000);
  await two.page.close({ runBeforeUnload: false });
  await giveUp(one.page);
  await one.page.goto(`/match/${sessionId}`);
  await expect(statement(one.page, 'partial')).toContainText(two.name, { timeout: SEEN_MS });
  await expect(statement(one.page, 'missing')).toHaveCount(0);

  const context = await browser.newContext();
  const admin = await context.newPage();
  await runAdmin(['grant', await registerByPage(admin, uniqueName('eyes'))]);
  await admin.goto(`/admin/sessions/${sessionId}`);
  await admin.getByRole('link', { name: t.admin.line.open }).click();
  await expect(admin).toHaveURL(new RegExp(`/match/${sessionId}$`));
  await expect(statement(admin, 'practice')).toContainText(one.name);
  await context.close();
  await leave([one, two]);
});
