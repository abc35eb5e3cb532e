import { type BrowserContext, expect } from '@playwright/test';
import { runAdmin } from './support/arcade-process';
import {
  countScriptBytes,
  expectAccessible,
  openSettled,
  walkByKeyboard,
  watchLayoutShift,
} from './support/page-quality';
import { registerByPage } from './support/people';
import { challenge, enterFighter } from './support/script-fight';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { LOCALES, words } from './support/words';

const THEMES = ['dark', 'light'] as const;

/** 0 is a page that stands still; a tenth is what Web Vitals call good. */
const MAX_LAYOUT_SHIFT = 0.02;
const LOBBY_SCRIPT_BYTES = 260_000;

const PUBLIC_PAGES = [
  '/',
  '/login',
  '/register',
  '/watch',
  '/watch/e2e-exhibition?p1=1&p2=2',
  '/watch/no-such-fight',
  '/training',
  '/play/bot',
  '/practice',
  '/moves/garam',
  '/moves/bawi',
  '/nothing/here',
];

/** Arcade mode, and where it is written and looked after. */
const STORY_PAGES = [
  '/arcade',
  '/scenarios',
  '/scenarios/new-situation',
  '/scenarios/new-ladder',
  '/admin/services',
];

/** Pages for which one must be signed in, as an admin for some; the last one shows a real session. */
let ownPages: string[] = [];
/** The admin's log-in, for contexts of their own. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;

test.beforeAll(async ({ browser, baseURL }) => {
  const origin = baseURL ?? '';
  const page = await browser.newPage({ baseURL: origin });
  await runAdmin(['grant', await registerByPage(page, uniqueName('eyes'))]);
  signedIn = await page.context().storageState();
  await page.close();
  const [first, second] = await Promise.all([enterFighter(origin, 'one'), enterFighter(origin, 'two')]);
  const sessionId = await challenge(first, second);
  await second.socket.send('decline_match', {
    declinerId: second.client.playerId,
    requesterId: first.client.playerId,
    sessionId,
  });
  for (const { socket } of [first, second]) socket.close();
  ownPages = [
    '/lobby',
    '/account',
    '/admin',
    '/admin/sessions',
    `/admin/sessions/${sessionId}`,
    `/match/${sessionId}`,
    '/play/nothing',
  ];
});

for (const locale of LOCALES)
  for (const theme of THEMES)
    test(`every page is accessible in the ${theme} theme in ${locale}`, async ({ browser, baseURL }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ reducedMotion: 'reduce', storageState: signedIn });
      const signedOut = await browser.newContext({ reducedMotion: 'reduce' });
      const url = baseURL ?? '';
      const cookies = Object.entries({ locale, theme }).map(([name, value]) => ({ name, value, url }));
      for (const visitor of [context, signedOut]) await visitor.addCookies(cookies);
      for (const path of [...PUBLIC_PAGES, ...ownPages]) {
        const page = await (PUBLIC_PAGES.includes(path) ? signedOut : context).newPage();
        await openSettled(page, path);
        await expect(page.locator('html')).toHaveAttribute('lang', locale);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expectAccessible(page, `${path} (${locale}, ${theme})`);
        await page.close();
      }
      await context.close();
      await signedOut.close();
    });

test('every page can be used with the keyboard alone, and shows where one is', async ({ browser }) => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ reducedMotion: 'reduce', storageState: signedIn });
  const signedOut = await browser.newContext({ reducedMotion: 'reduce' });
  for (const path of ['/login', '/register', '/', '/watch', '/training', '/moves/garam', ...ownPages]) {
    const page = await (['/login', '/register'].includes(path) ? signedOut : context).newPage();
    await openSettled(page, path);
    const walk = await walkByKeyboard(page);
    expect(walk.unreached, `not reached on ${path}`).toEqual([]);
    expect(walk.unmarked, `focus not visible on ${path}`).toEqual([]);
    expect(walk.stops, `stops on ${path}`).toBeGreaterThan(0);
    await page.close();
  }
  await context.close();
  await signedOut.close();
});

test('a keyboard skips the head of the page, and logs in', async ({ page }) => {
  await page.goto('/login');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: words().common.skip })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});

test('no page jumps while it loads', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ storageState: signedIn });
  const shifts: Record<string, number> = {};
  for (const path of [
    '/',
    '/watch',
    '/watch/e2e-still?p1=1&p2=2',
    '/training',
    '/moves/bawi',
    '/nothing/here',
    ...ownPages,
  ]) {
    const page = await context.newPage();
    const layoutShift = await watchLayoutShift(page);
    await openSettled(page, path);
    shifts[path] = await layoutShift();
    await page.close();
  }
  const jumping = Object.entries(shifts).filter(([, shift]) => shift > MAX_LAYOUT_SHIFT);
  expect(jumping).toEqual([]);
  await context.close();
});

test('the lobby takes less than 260 KB of JavaScript over the wire', async ({ page }) => {
  await registerByPage(page);
  const bytes = await countScriptBytes(page);
  await openSettled(page, '/lobby');
  await page.waitForLoadState('networkidle');
  expect(bytes()).toBeGreaterThan(50_000);
  expect(bytes()).toBeLessThan(LOBBY_SCRIPT_BYTES);
});

for (const [locale, theme] of [
  ['en', 'dark'],
  ['ko', 'light'],
] as const)
  test(`arcade mode and its desk are accessible in the ${theme} theme in ${locale}, on a small phone too`, async ({
    browser,
    baseURL,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({
      ...{ reducedMotion: 'reduce', storageState: signedIn },
      viewport: { width: 320, height: 640 },
    });
    const url = baseURL ?? '';
    await context.addCookies(
      Object.entries({ locale, theme }).map(([name, value]) => ({ name, value, url })),
    );
    for (const path of STORY_PAGES) {
      const page = await context.newPage();
      await openSettled(page, path);
      await expectAccessible(page, `${path} (${locale}, ${theme})`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
      await page.close();
    }
    await context.close();
  });

test('no page scrolls sideways, not even where the screen is 320 pixels wide (WCAG 1.4.10)', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, storageState: signedIn });
  for (const path of [...PUBLIC_PAGES, ...ownPages]) {
    const page = await context.newPage();
    await openSettled(page, path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(320);
    await page.close();
  }
  await context.close();
});

for (const [what, viewport] of [
  ['a phone on its side', { width: 844, height: 390 }],
  ['a page at 200 %', { width: 640, height: 400 }],
] as const) {
  test(`the way in as a guest needs no scrolling on ${what}`, async ({ browser }) => {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    for (const path of ['/', '/login']) {
      await openSettled(page, path);
      const box = await page.getByRole('button', { name: words().auth.guest }).boundingBox();
      const bar = await page.locator('nav').last().boundingBox();
      const bottom = bar && bar.y > viewport.height / 2 ? bar.y : viewport.height;
      expect((box?.y ?? Number.POSITIVE_INFINITY) + (box?.height ?? 0), path).toBeLessThanOrEqual(bottom);
    }
    await context.close();
  });
}

test('no page reports an error of its own', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ storageState: signedIn });
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    // A page that is not there answers 404, and the browser says so.
    if (message.type() === 'error' && !/404/.test(message.text()))
      errors.push(`${message.page()?.url()}: ${message.text()}`);
  });
  for (const path of [...PUBLIC_PAGES, ...ownPages]) {
    const page = await context.newPage();
    await openSettled(page, path);
    await page.close();
  }
  expect(errors).toEqual([]);
  await context.close();
});
