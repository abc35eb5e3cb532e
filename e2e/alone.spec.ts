import { expect, type Page } from '@playwright/test';
import { test } from './support/test';
import { words } from './support/words';

/** What somebody alone can do at once: fight a bot, practise, take the exhibition over. Nobody here is logged in. */

const t = words();
const READY_MS = 5_000;

const VISITORS = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

const fight = (page: Page) => page.getByTestId('fight');

/** Presses the heavy button, by the thumb where there is one, until player 1 strikes. */
async function expectToStrike(page: Page, isPhone: boolean): Promise<void> {
  await expect(async () => {
    const button = page.getByTestId('touch-controls').getByRole('button', { name: t.play.buttons.heavy });
    if (isPhone) await button.tap();
    else await page.keyboard.press('KeyK', { delay: 40 });
    await expect(fight(page)).toHaveAttribute('data-p1', 'ATTACK', { timeout: 500 });
  }).toPass({ timeout: 5_000 });
}

for (const [name, settings] of Object.entries(VISITORS)) {
  test(`one click on the front page leads to a fighter that obeys within five seconds (${name})`, async ({
    browser,
  }) => {
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    await page.goto('/');
    const link = page.getByRole('link', { name: t.practice.fightBot });
    await expect(link).toBeInViewport({ ratio: 1 });
    const clickedMs = Date.now();
    await link.click();
    await expect(fight(page)).toHaveAttribute('data-phase', 'fight', { timeout: READY_MS });
    const readyMs = Date.now() - clickedMs;
    console.log(`${name}: home to the first controllable frame in ${readyMs} ms`);
    expect(readyMs).toBeLessThan(READY_MS);
    await expectToStrike(page, name === 'phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await context.close();
  });
}

/** Waits until the browser has drawn so many frames. */
function framesPass(page: Page, count: number): Promise<void> {
  return page.evaluate(
    (frames) =>
      new Promise<void>((resolve) => {
        let drawn = 0;
        requestAnimationFrame(function next() {
          drawn += 1;
          if (drawn === frames) resolve();
          else requestAnimationFrame(next);
        });
      }),
    count,
  );
}

test('the menu holds a fight against a bot, and a hidden tab opens it', async ({ page }) => {
  await page.goto('/play/bot');
  await expect(fight(page)).toHaveAttribute('data-phase', 'fight');
  await page.keyboard.press('Escape');
  await expect(fight(page)).toHaveAttribute('data-step', 'paused');
  const timer = page.getByRole('timer', { includeHidden: true });
  const left = await timer.textContent();
  // Its clock would have gone on within a second and a half.
  await framesPass(page, 90);
  expect(await timer.textContent()).toBe(left);
  await page.getByRole('button', { name: t.play.menu.resume }).click();
  await expect(timer).not.toHaveText(left ?? '');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(fight(page)).toHaveAttribute('data-step', 'paused');
});

test('in practice the dummy guards when it is told to, and its health comes back when it was hit', async ({
  page,
}) => {
  await page.goto('/practice');
  await expect(fight(page)).toHaveAttribute('data-phase', 'fight');
  const health = page.getByRole('meter', { name: t.hud.health.replace('{name}', t.practice.dummy) });
  /** Walks up and kicks until the dummy does something. */
  const kickUntil = async (action: string) => {
    await page.keyboard.down('KeyD');
    await expect(async () => {
      await page.keyboard.press('KeyK', { delay: 30 });
      await expect(fight(page)).toHaveAttribute('data-p2', action, { timeout: 300 });
    }).toPass({ timeout: 10_000 });
    await page.keyboard.up('KeyD');
  };
  await kickUntil('HITSTUN');
  await expect(health).not.toHaveAttribute('value', '100');
  await expect(page.getByTestId('figures')).not.toContainText(`${t.practice.figures.damage}0`);
  await expect(page.getByTestId('inputs').getByRole('listitem').first()).toContainText(/\d/);
  await expect(health).toHaveAttribute('value', '100');
  await page.keyboard.press('KeyR');
  await page.getByRole('button', { name: t.practice.stances.guard }).click();
  await kickUntil('BLOCKSTUN');
  await page.getByRole('button', { name: t.practice.stances.jump }).click();
  await expect(fight(page)).toHaveAttribute('data-p2', 'JUMP');
});

test('a key of the fight takes the exhibition on the front page over, and the button does', async ({
  page,
}) => {
  for (const take of [
    () => page.keyboard.press('KeyD'),
    () => page.getByRole('button', { name: t.practice.takeOver }).press('Enter'),
  ]) {
    await page.goto('/');
    await expect(page.getByRole('button', { name: t.practice.takeOver })).toBeVisible({ timeout: 20_000 });
    await take();
    await expect(page).toHaveURL(/\/play\/bot$/);
    // In the middle of a round: nobody counts to FIGHT! again, unless it was taken between two rounds.
    await expect(fight(page)).toHaveAttribute('data-phase', 'fight');
    await expectToStrike(page, false);
  }
});

test('typing, a focused control and a shortcut take nothing over', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: t.practice.takeOver })).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('Control+KeyD');
  await page.getByRole('link', { name: t.home.login, exact: true }).first().focus();
  await page.keyboard.press('KeyD');
  await page.keyboard.press('Tab');
  expect(new URL(page.url()).pathname).toBe('/');
});
