import { expect } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { playToTheEnd, reportOf, stepOf } from './support/fight';
import { launchFirefox } from './support/firefox';
import { enterAsGuest } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** Two browsers of different makers in one fight. */

const t = words();

/** What the page in Firefox says of something with a test id; null where it is not there. */
const read = (page: Page, testId: string, attribute: string): Promise<string | null> =>
  page.evaluate(
    (id, name) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute(name) ?? null,
    testId,
    attribute,
  );

const clickButton = (page: Page, text: string) => page.locator(`button::-p-text(${text})`).click();

/** Comes in from the front page with one click; returns the name that the guest got. */
async function enterInFirefox(page: Page, origin: string): Promise<string> {
  await page.goto(origin);
  await clickButton(page, t.auth.guest);
  await page.waitForFunction(() => location.pathname === '/lobby');
  const name = await page.waitForFunction(() =>
    [...document.querySelectorAll('header *')]
      .map(({ textContent }) => textContent)
      .find((text) => /^Guest-\w{5}$/.test(text ?? '')),
  );
  return String(await name.jsonValue());
}

test('GAME-1, PEER-1: Firefox and Chromium fight each other to a knock-out, frame by frame the same', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const firefox = await launchFirefox();
  try {
    const other = await firefox.newPage();
    const [name, otherName] = await Promise.all([enterAsGuest(page), enterInFirefox(other, baseURL ?? '')]);
    // Firefox challenges, so it makes the offer.
    await other.locator(`::-p-aria(${t.lobby.challengeName.replace('{name}', name)})`).click();
    await expect(page.getByText(t.lobby.incoming.replace('{name}', otherName))).toBeVisible();
    await page.getByRole('button', { name: t.lobby.accept, exact: true }).click();
    await expect.poll(() => read(other, 'fight', 'data-step'), { timeout: 20_000 }).toBe('fighting');
    await expect.poll(() => stepOf(page)).toBe('fighting');
    expect(await page.getByTestId('route').getAttribute('data-route')).toBe('direct');
    expect(await read(other, 'route', 'data-route')).toBe('direct');

    // Both do something that the other has to see.
    await other.keyboard.down('KeyD');
    for (let blow = 0; blow < 6; blow += 1) await other.keyboard.press('KeyJ', { delay: 50 });
    await other.keyboard.up('KeyD');
    await playToTheEnd(page, 'ArrowLeft', ['KeyZ', 'KeyZ', 'ArrowLeft']);

    const report = await reportOf(page);
    expect(report).toMatchObject({ reason: 'knockout', winner: '2', desyncs: 0 });
    expect(report.checksum).toBe(report.judgedChecksum);
    await expect.poll(() => read(other, 'match-report', 'data-winner')).toBe(report.winner);
    for (const side of ['checksum', 'judged-checksum'])
      expect(await read(other, 'match-report', `data-${side}`)).toBe(report.judgedChecksum);
    for (const side of ['frames', 'judged-frames'])
      expect(await read(other, 'match-report', `data-${side}`)).toBe(report.frames);
    expect(await read(other, 'match-report', 'data-desyncs')).toBe('0');
  } finally {
    await firefox.close();
  }
});
