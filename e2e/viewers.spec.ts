import { expect, type Page } from '@playwright/test';
import { watchHref } from '../app/_watch/watch-href';
import { enterAsGuest } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** What viewers get from a real browser: how many tabs, what they ask for, and what they see when the line is lost. */

const t = words();

test('STREAM-8: ten tabs look on, and each is answered within a second', async ({ context, page }) => {
  await page.goto(watchHref({ matchId: 'tabs', characters: [1, 2] }));
  await expect(page.getByText(t.watch.liveExhibition)).toBeVisible();
  const pages = [page];
  while (pages.length < 10) {
    // A list that is told as it changes, on a line of each tab's own.
    const tab = await context.newPage();
    await tab.goto('/training');
    await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(tab.getByLabel(t.training.loading)).toHaveCount(0);
    pages.push(tab);
  }
  for (const tab of pages) {
    const ms = await tab.evaluate(async () => {
      const start = performance.now();
      await (await fetch('/api/trpc/account.me')).text();
      return performance.now() - start;
    });
    expect(ms).toBeLessThan(1_000);
  }
});

test('a page with two lists of fights asks for them once', async ({ page }) => {
  const asked: string[] = [];
  page.on('websocket', (line) =>
    line.on('framesent', ({ payload }) => asked.push(...(String(payload).match(/match\.listStream/g) ?? []))),
  );
  await page.goto('/watch');
  // Both have their answer: nothing is loading any more.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await expect(page.getByLabel(t.watch.loading)).toHaveCount(0);
  expect(asked).toHaveLength(1);
});

/** Lets the page's clock jump past every pause that a page of ours ever polled with, and what that asks reach us. */
async function pollsWouldBeDue(page: Page): Promise<void> {
  await page.clock.fastForward(7_000);
  await page.evaluate(async () => void (await fetch('/api/health/live')));
}

test('nothing is asked again beside a stream', async ({ page }) => {
  await page.clock.install();
  await enterAsGuest(page);
  await page.goto('/training');
  await page.getByRole('button', { name: t.training.start, exact: true }).click();
  await expect(page).toHaveURL(/\/training\/.+/);
  await expect(page.getByRole('figure').first()).toContainText(t.training.curves.lowest, { timeout: 30_000 });
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/trpc')) asked.push(request.url());
  });
  await pollsWouldBeDue(page);
  await page.goto('/watch');
  await expect(page.getByRole('heading', { name: t.watch.now })).toBeVisible();
  await pollsWouldBeDue(page);
  expect(asked).toEqual([]);
  // A page that polled would have been seen.
  await page.evaluate(() => void setInterval(() => fetch('/api/trpc/match.list'), 5_000));
  await pollsWouldBeDue(page);
  expect(asked).not.toEqual([]);
  await page.goBack();
  await page.getByRole('button', { name: t.training.stop, exact: true }).click();
  await expect(page.getByText(t.training.statuses.stopped).first()).toBeVisible();
});

test('a page whose line is lost says so, keeps what it has, and comes back by itself', async ({ page }) => {
  let isDown = false;
  let refused = 0;
  const lines = new Set<{ close(): Promise<void> }>();
  await page.routeWebSocket('**/api/trpc', (line) => {
    if (isDown) {
      refused += 1;
      return void line.close();
    }
    line.connectToServer();
    lines.add(line);
  });
  await page.route('**/api/trpc/**', (route) => {
    if (!isDown) return route.continue();
    refused += 1;
    return route.fulfill({ status: 502, contentType: 'text/html', body: '<html>Bad Gateway</html>' });
  });
  await page.goto('/training');
  const table = page.getByRole('table');
  await expect(table).toBeVisible();
  isDown = true;
  for (const line of lines) await line.close();
  const old = page.getByText(t.common.stale.split('{')[0] ?? '');
  await expect(old).toBeVisible();
  await expect(table).toBeVisible();
  await expect(page.getByText(/Failed to fetch|Unexpected token|JSON/)).toHaveCount(0);
  // An outage that outlasts several attempts, by either way.
  await expect.poll(() => refused, { timeout: 30_000 }).toBeGreaterThan(5);
  isDown = false;
  await expect(old).toBeHidden({ timeout: 10_000 });
});

test('an address of no fight says so, and starts none', async ({ page }) => {
  await page.goto('/watch/nobody-fights-here');
  await expect(page.getByText(t.watch.unknown)).toBeVisible();
  const list = await page.request.get('/api/trpc/match.list');
  expect(await list.text()).not.toContain('nobody-fights-here');
});
