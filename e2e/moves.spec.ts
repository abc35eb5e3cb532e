import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';
import { challengeAndAccept, stepOf } from './support/fight';
import { type Person, registerByPage } from './support/people';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { words } from './support/words';

const t = words();

const PHONE = { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true } as const;

async function enter(browser: Browser, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return { context, page, name: await registerByPage(page, uniqueName('hand')) };
}

const card = (page: Page) => page.getByRole('region', { name: t.moves.card.title });
const keys = (page: Page, text: string) => page.locator('kbd', { hasText: text });

/** Counts, in the page, how often the card of controls appears: it may be gone sooner than a test can look. */
async function countCards(page: Page): Promise<() => Promise<number>> {
  await page.evaluate((title) => {
    const seen = { cards: 0 };
    Object.assign(window, { seen });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node instanceof Element && node.parentElement?.querySelector(`section[aria-label="${title}"]`))
            seen.cards += 1;
    }).observe(document, { childList: true, subtree: true });
  }, t.moves.card.title);
  return () => page.evaluate(() => (window as unknown as { seen: { cards: number } }).seen.cards);
}

test('the page of moves shows what is pressed on the device at hand, or on the one asked for', async ({
  browser,
}) => {
  for (const [options, first] of [
    [{}, 'keyboard'],
    [PHONE, 'touch'],
  ] as const) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto('/moves/garam');
    await expect(page.getByRole('radio', { name: t.moves.devices[first] })).toBeChecked();
    await expect(page.getByText(t.moves.names.garam.craneKick).first()).toBeVisible();
    await expect(keys(page, 'K/X').first()).toBeVisible({ visible: first === 'keyboard' });
    await expect(keys(page, t.play.buttons.heavy).first()).toBeVisible({ visible: first === 'touch' });
    await page.getByText(t.moves.devices.pad).click();
    await expect(keys(page, 'LB·L1').first()).toBeVisible();
    await expect(keys(page, 'K/X').first()).toBeHidden();
    await context.close();
  }
});

test('the card of controls lies over the connecting phase, goes by any key or touch, and does not come again', async ({
  browser,
}) => {
  const [one, two] = [await enter(browser), await enter(browser, PHONE)];
  // One of the browsers never takes what the other offers, so both go on connecting.
  await two.page.evaluate(() => {
    RTCPeerConnection.prototype.setRemoteDescription = () => new Promise(() => undefined);
  });
  await challengeAndAccept(one, two);
  await expect(card(one.page)).toBeVisible();
  await expect(card(one.page)).toContainText(t.moves.actions.guardLow.name);
  // Reading on is no answer, playing is.
  await one.page.keyboard.press('Tab');
  await expect(card(one.page)).toBeVisible();
  await one.page.keyboard.press('KeyJ');
  await expect(card(one.page)).toBeHidden();
  expect(await stepOf(one.page)).toBe('connecting');
  const cookies = await one.context.cookies();
  expect(cookies.find(({ name }) => name === 'controls')?.value).toBe('keyboard');
  await Promise.all([one.context.close(), two.context.close()]);
});

test('in a fight the card is gone by itself, and the menu lists the moves for the device in use', async ({
  browser,
}) => {
  const [one, two] = [await enter(browser), await enter(browser, PHONE)];
  const seen = await Promise.all([one, two].map(({ page }) => countCards(page)));
  await challengeAndAccept(one, two);
  for (const { page } of [one, two]) {
    await expect(page.getByTestId('fight')).toHaveAttribute('data-step', 'fighting');
    await expect(card(page)).toHaveCount(0);
  }
  for (const cards of seen) expect(await cards()).toBeGreaterThan(0);
  const lists = [
    [one, 'K/X', t.play.buttons.heavy],
    [two, t.play.buttons.heavy, 'K/X'],
  ] as const;
  for (const [{ page }, shown, hidden] of lists) {
    await page.getByRole('button', { name: t.play.menu.open }).click();
    const menu = page.getByRole('dialog');
    await expect(menu.locator('kbd', { hasText: shown }).first()).toBeAttached();
    await expect(menu.locator('kbd', { hasText: hidden })).toHaveCount(0);
    await expect(menu).toContainText(t.moves.actions.throwBreak.name);
  }
  await Promise.all([one.context.close(), two.context.close()]);
});
