import { expect } from '@playwright/test';
import { test } from './support/test';

const PAGES = [
  '/',
  '/login',
  '/register',
  '/watch',
  '/watch/e2e-policy?p1=1&p2=2',
  '/training',
  '/lobby',
  '/nothing/here',
];

test('HTTP-4: every page works without an inline script that is not its own', async ({
  browser,
  baseURL,
}) => {
  const page = await browser.newPage({ baseURL: baseURL ?? '' });
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(`${page.url()}: ${message.text()}`);
  });
  for (const path of PAGES) {
    await page.goto(path);
    // Whoever is signed out is sent on from there, which may be after the page has loaded.
    if (path === '/lobby') await expect(page).toHaveURL(/\/login/);
    // It is there when React has taken the page over.
    await page.waitForFunction(() =>
      Object.keys(document.querySelector('button, a') ?? {}).some((key) => key.startsWith('__reactFiber')),
    );
  }
  await page.goto('/');
  await page.getByRole('link', { name: 'Watch' }).first().click();
  await page.waitForURL('**/watch');
  expect(refused).toEqual([]);

  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "taken over"';
    document.head.append(script);
    return document.title;
  });
  expect(ran).not.toBe('taken over');
  await expect.poll(() => refused.length).toBe(1);
  await page.close();
});
