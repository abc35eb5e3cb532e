import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import type { ScriptClient } from './script-client';
import { uniqueName } from './unique-name';
import { words } from './words';

const t = words();

export const PASSWORD = 'a good password 7';

/** Fills and sends the form of the log-in or register page. */
export async function submitAccountForm(page: Page, username: string, password: string): Promise<void> {
  const form = page.locator('form');
  await form.getByLabel(t.auth.username).fill(username);
  await form.getByLabel(t.auth.password).fill(password);
  await form.getByRole('button').click();
}

/** Waits for the lobby, ready to be used, with this player in the head of the page. */
export async function expectLobby(page: Page, playerName: string): Promise<void> {
  await expect(page).toHaveURL(/\/lobby$/);
  await expect(page.getByRole('banner')).toContainText(playerName);
  await expect(page.getByRole('heading', { level: 1, name: t.lobby.title })).toBeVisible();
}

/** Registers through the page and arrives in the lobby. */
export async function registerByPage(page: Page, username = uniqueName()): Promise<string> {
  await page.goto('/register');
  await submitAccountForm(page, username, PASSWORD);
  await expectLobby(page, username);
  return username;
}

/** Comes in from the front page with one click; returns the name that the guest got. */
export async function enterAsGuest(page: Page): Promise<string> {
  await page.goto('/');
  await page.getByRole('button', { name: t.auth.guest }).click();
  await expect(page).toHaveURL(/\/lobby$/);
  const name = page.getByRole('banner').getByText(/^Guest-/);
  await expect(name).toBeVisible();
  return (await name.textContent()) ?? '';
}

export async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: t.nav.logout }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: t.nav.login })).toBeVisible();
}

/** Somebody with a browser of their own. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly name: string;
}

/** Opens one browser context a name and registers each; close them with `leave`. */
export async function enterPeople(browser: Browser, ...prefixes: string[]): Promise<Person[]> {
  return Promise.all(
    prefixes.map(async (prefix) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      return { context, page, name: await registerByPage(page, uniqueName(prefix)) };
    }),
  );
}

export async function leave(people: readonly Person[]): Promise<void> {
  await Promise.all(people.map(({ context }) => context.close()));
}

/** A page of somebody who came in by a script, in a context of its own. */
export async function pageOf(browser: Browser, client: ScriptClient): Promise<Page> {
  const context = await browser.newContext({ baseURL: client.origin });
  const cookies = [...client.http.cookies].map(([name, value]) => ({ name, value, url: client.origin }));
  await context.addCookies(cookies);
  return context.newPage();
}
