import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './support/page-quality';
import { expectLobby, PASSWORD, registerByPage, submitAccountForm } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

const t = words();
const NEW_PASSWORD = 'another good password 8';

test.use({ locale: 'en-US' });

/** By the name in the head of the page. */
async function openAccount(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('link', { name: t.nav.account }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole('heading', { level: 1, name: t.account.title })).toBeVisible();
}

async function changePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel(t.account.password.current).fill(current);
  await page.getByLabel(t.account.password.new).fill(next);
  await page.getByRole('button', { name: t.account.password.submit }).click();
}

async function deleteWith(page: Page, proof: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: t.account.delete.ask }).click();
  await dialog.getByRole('textbox').or(dialog.locator('input')).first().fill(proof);
  await dialog.getByRole('button', { name: t.account.delete.submit }).click();
}

test('AUTH-7: a new password ends the log-ins of other devices and keeps this one', async ({
  page,
  browser,
}) => {
  const username = await registerByPage(page);
  const elsewhere = await browser.newPage();
  await elsewhere.goto('/login');
  await submitAccountForm(elsewhere, username, PASSWORD);
  await expectLobby(elsewhere, username);

  await openAccount(page);
  await expectAccessible(page, '/account');
  await changePassword(page, 'not my password', NEW_PASSWORD);
  await expect(page.getByLabel(t.account.password.current)).toHaveAccessibleDescription(
    new RegExp(t.auth.refused.currentPassword.wrong),
  );
  await changePassword(page, PASSWORD, 'short');
  await expect(page.getByLabel(t.account.password.new)).toHaveAccessibleDescription(
    new RegExp(t.auth.refused.newPassword.too_short),
  );
  await changePassword(page, PASSWORD, NEW_PASSWORD);
  await expect(page.getByText(t.account.password.done, { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: t.account.title })).toBeVisible();

  await elsewhere.goto('/account');
  await expect(elsewhere).toHaveURL(/\/login/);
  await submitAccountForm(elsewhere, username, NEW_PASSWORD);
  await expect(elsewhere).toHaveURL(/\/account$/);
  await elsewhere.close();
});

test('log out everywhere leads out', async ({ page }) => {
  await registerByPage(page);
  await openAccount(page);
  await page.getByRole('button', { name: t.account.logOut.submit }).click();
  await expect(page).toHaveURL(/\/login$/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/login/);
});

test('AUTH-17: an account is deleted with its password, and nobody logs in with it any more', async ({
  page,
}) => {
  const username = await registerByPage(page);
  await openAccount(page);
  await deleteWith(page, 'not my password');
  await expect(page.getByRole('dialog')).toContainText(t.auth.refused.currentPassword.wrong);
  await expectAccessible(page, 'the dialog of /account');
  await deleteWith(page, PASSWORD);
  await expect(page.getByRole('banner').getByRole('link', { name: t.nav.login })).toBeVisible();
  await page.goto('/login');
  await submitAccountForm(page, username, PASSWORD);
  await expect(page.getByRole('alert').filter({ hasText: t.auth.refused.account.wrong })).toBeVisible();
});

test('AUTH-17: a guest confirms by the name, on a phone and in Korean, too', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'ko-KR', viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: words('ko').auth.guest }).click();
  await expect(page).toHaveURL(/\/lobby$/);
  await page
    .getByRole('banner')
    .getByRole('link', { name: words('ko').nav.account })
    .click();
  await expect(page).toHaveURL(/\/account$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const name =
    (await page
      .locator('main')
      .getByText(/^Guest-\w{5}$/)
      .textContent()) ?? '';
  await page.getByRole('button', { name: words('ko').account.delete.ask }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input').fill('somebody');
  await dialog.getByRole('button', { name: words('ko').account.delete.submit }).click();
  await expect(dialog).toContainText(words('ko').auth.refused.username.not_yours);
  await dialog.locator('input').fill(name);
  await dialog.getByRole('button', { name: words('ko').account.delete.submit }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: words('ko').nav.login })).toBeVisible();
  await context.close();
});
