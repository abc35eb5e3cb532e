import { expect, type Page, test } from '@playwright/test';
import { enterPeople, leave, PASSWORD, submitAccountForm } from './support/people';
import { words } from './support/words';

/** A person's line to the arcade: it belongs to the person, not to a page. */

const t = words();

/** The row of a person in somebody's lobby. */
const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

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
