import { expect, type Page } from '@playwright/test';
import { enterPeople, leave, PASSWORD, submitAccountForm } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** A person's line to the arcade: it belongs to the person, not to a page. */

const t = words();

/** The row of a person in somebody's lobby. */
const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const challengeOf = (page: Page, name: string) =>
  page.getByRole('button', { name: t.lobby.challengeName.replace('{name}', name) });

test('after a log-in ended, logging in again through the page puts the person back in the lobby', async ({
  browser,
}) => {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await expect(rowOf(two.page, one.name)).toBeVisible();
  const ended = await one.page.request.post('/api/trpc/account.logOutEverywhere', {
    headers: { origin: new URL(one.page.url()).origin, 'content-type': 'application/json' },
    data: {},
  });
  expect(ended.status()).toBe(200);
  const notice = one.page.getByRole('alert').filter({ hasText: t.line.refused });
  await expect(notice).toBeVisible();
  await expect(rowOf(two.page, one.name)).toBeHidden();
  await notice.getByRole('link', { name: t.line.login }).click();
  await submitAccountForm(one.page, one.name, PASSWORD);
  await expect(one.page).toHaveURL(/\/lobby$/);
  await expect(rowOf(one.page, two.name)).toBeVisible({ timeout: 5_000 });
  await expect(rowOf(two.page, one.name)).toBeVisible({ timeout: 5_000 });
  await expect(notice).toBeHidden();
  await leave([one, two]);
});

test('TOUR-22: a challenge to somebody who looks elsewhere is a notification, where they allowed that', async ({
  browser,
}) => {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await one.page.context().grantPermissions(['notifications']);
  // Another window is in front, as it were; and what the system shows can't be seen from here.
  await one.page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    const shown: { title: string; body: string | undefined; isOpen: boolean }[] = [];
    class Shown extends EventTarget {
      static readonly permission = 'granted';
      readonly #one: (typeof shown)[number];
      constructor(title: string, { body }: NotificationOptions = {}) {
        super();
        this.#one = { title, body, isOpen: true };
        shown.push(this.#one);
      }
      close(): void {
        this.#one.isOpen = false;
      }
    }
    Object.assign(window, { Notification: Shown, shown });
  });
  const shown = () => one.page.evaluate(() => Reflect.get(window, 'shown'));
  await challengeOf(two.page, one.name).click();
  const title = t.lobby.incoming.replace('{name}', two.name);
  await expect.poll(shown).toEqual([{ title, body: t.lobby.answerSoon, isOpen: true }]);
  await one.page.getByRole('button', { name: t.lobby.decline }).click();
  await expect.poll(shown).toMatchObject([{ isOpen: false }]);
  await leave([one, two]);
});

test('whoever entered the arcade is in it on every page, and a challenge reaches them there', async ({
  browser,
}) => {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await one.page.getByRole('banner').getByRole('link', { name: t.nav.training }).click();
  await expect(one.page).toHaveURL(/\/training$/);
  // By a link and after a reload.
  await expect(rowOf(two.page, one.name)).toBeVisible();
  await one.page.reload();
  const row = rowOf(two.page, one.name);
  await expect(row).toBeVisible();
  await challengeOf(two.page, one.name).click();
  const card = one.page.getByRole('region', { name: t.lobby.incoming.replace('{name}', two.name) });
  await expect(card).toBeFocused();
  await expect(one.page).toHaveTitle(/^\(1\) /);
  await one.page.getByRole('banner').getByRole('link', { name: t.nav.watch }).click();
  await expect(one.page).toHaveURL(/\/watch$/);
  await expect(one.page).toHaveTitle(/^\(1\) /);
  await card.focus();
  await one.page.keyboard.press('Tab');
  await one.page.keyboard.press('Enter');
  await Promise.all([one, two].map(({ page }) => expect(page).toHaveURL(/\/play\//)));
  await expect(one.page).not.toHaveTitle(/^\(/);
  await leave([one, two]);
});
