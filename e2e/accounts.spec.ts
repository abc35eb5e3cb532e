import { expect } from '@playwright/test';
import {
  enterAsGuest,
  expectLobby,
  logOut,
  PASSWORD,
  registerByPage,
  submitAccountForm,
} from './support/people';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { words } from './support/words';

const t = words();

test.use({ locale: 'en-US' });

test('a player registers, logs out, and logs in again in another case', async ({ page }) => {
  const username = await registerByPage(page, uniqueName('Ryu'));
  await page.reload();
  await expectLobby(page, username);
  await logOut(page);
  await page.goto('/login');
  await submitAccountForm(page, username.toUpperCase(), PASSWORD);
  await expectLobby(page, username);
});

test('a wrong password is said, and what was typed stays', async ({ page }) => {
  const username = await registerByPage(page);
  await logOut(page);
  await page.goto('/login');
  await submitAccountForm(page, username, 'not my password');
  await expect(page.getByRole('alert').filter({ hasText: t.auth.refused.account.wrong })).toBeVisible();
  await expect(page.getByLabel(t.auth.username)).toHaveValue(username);
  await submitAccountForm(page, username, PASSWORD);
  await expectLobby(page, username);
});

test('each fault of a registration stands at its field', async ({ page, browser }) => {
  const other = await browser.newPage();
  const taken = await registerByPage(other);
  await other.close();
  await page.goto('/register');
  const username = page.getByLabel(t.auth.username);
  const password = page.getByLabel(t.auth.password);
  await submitAccountForm(page, taken.toUpperCase(), PASSWORD);
  await expect(username).toHaveAccessibleDescription(new RegExp(t.auth.refused.username.taken));
  await expect(username).toHaveAttribute('aria-invalid', 'true');
  await submitAccountForm(page, 'two words', PASSWORD);
  await expect(username).toHaveAccessibleDescription(new RegExp(t.auth.refused.username.space));
  const fresh = uniqueName();
  await submitAccountForm(page, fresh, 'short');
  await expect(password).toHaveAccessibleDescription(new RegExp(t.auth.refused.password.too_short));
  await expect(username).not.toHaveAttribute('aria-invalid', 'true');
  await submitAccountForm(page, fresh, PASSWORD);
  await expectLobby(page, fresh);
});

test('a Korean name is a name', async ({ page }) => {
  await registerByPage(page, `홍길동${Date.now().toString(36)}`);
});

test('a guest is in the lobby with one click, and in the lobby of others', async ({ page, browser }) => {
  const name = await enterAsGuest(page);
  const other = await browser.newPage();
  await registerByPage(other);
  await expect(other.getByRole('listitem').filter({ hasText: name })).toBeVisible();
  await other.close();
});

test('whoever is signed out is sent to the log-in, and then where they wanted to go', async ({ page }) => {
  const username = await registerByPage(page);
  await logOut(page);
  await page.goto('/lobby');
  await expect(page).toHaveURL(/\/login\?next=/);
  await submitAccountForm(page, username, PASSWORD);
  await expectLobby(page, username);
});

test('language and theme are remembered, also by the next window', async ({ page, context }) => {
  await page.goto('/');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: t.common.language }).click();
  await expect(html).toHaveAttribute('lang', 'ko');
  await expect(page.getByRole('button', { name: words('ko').auth.guest })).toBeVisible();
  await page.getByRole('button', { name: words('ko').common.themeLight }).click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  const stored = async () => (await context.cookies()).map(({ name, value }) => `${name}=${value}`);
  await expect.poll(stored).toEqual(expect.arrayContaining(['locale=ko', 'theme=light']));

  const next = await context.newPage();
  await next.goto('/login');
  await expect(next.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(next.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(next.getByRole('heading', { level: 1 })).toHaveText(words('ko').auth.login);
});
