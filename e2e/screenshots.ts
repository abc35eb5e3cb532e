import { existsSync, mkdirSync } from 'node:fs';
import { expect } from '@playwright/test';
import { type Browser, chromium, type Page } from 'playwright';
import { ArcadeProcess } from './support/arcade-process';
import { challengeAndAccept, stepOf } from './support/fight';
import { type Person, registerByPage } from './support/people';
import { enterFighter } from './support/script-fight';
import { enterOrganiser, fightOut, hearArranged, putUp, takeSeat } from './support/tournament';
import { words } from './support/words';

/**
 * `npm run screenshots`: the pictures of the README, taken from an arcade that runs for the purpose, with people
 * who register, fight and train in real browsers.
 */
const FOLDER = 'public/screenshots';
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const SYSTEM_CHROMIUM = '/usr/bin/chromium';

const t = words();

async function enter(browser: Browser, origin: string, name: string, viewport = DESKTOP): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, viewport, locale: 'en-US' });
  const page = await context.newPage();
  return { context, page, name: await registerByPage(page, name) };
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  console.log(`${FOLDER}/${name}.png`);
}

/** Presses keys for a while, so that there is something to see. */
async function scuffle(one: Page, two: Page, turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await Promise.all([one.keyboard.down('KeyD'), two.keyboard.down('ArrowLeft')]);
    await one.keyboard.press(turn % 2 === 0 ? 'KeyJ' : 'KeyK', { delay: 60 });
    await two.keyboard.press('KeyX', { delay: 40 });
    await Promise.all([one.keyboard.up('KeyD'), two.keyboard.up('ArrowLeft')]);
  }
}

async function fightAndWatch(browser: Browser, origin: string, ada: Person, mina: Person): Promise<void> {
  // Before the fight: two stages that are drawn leave little for a third browser's start.
  const viewer = await enter(browser, origin, 'Viewer');
  const sessionId = await challengeAndAccept(ada, mina);
  await expect.poll(() => stepOf(ada.page), { timeout: 30_000 }).toBe('fighting');
  await viewer.page.goto(`/watch/${sessionId}`);
  await scuffle(ada.page, mina.page, 14);
  const attack = ada.page.keyboard.press('KeyK', { delay: 90 });
  await shoot(ada.page, 'fight');
  await attack;
  await ada.page.keyboard.press('F3');
  await scuffle(ada.page, mina.page, 8);
  await shoot(ada.page, 'netcode');
  await shoot(viewer.page, 'watch');
  await ada.page.keyboard.press('F3');
  while ((await stepOf(ada.page)) !== 'result') await scuffle(ada.page, mina.page, 4);
  await shoot(ada.page, 'result');
  await viewer.context.close();
}

/** The same page on a desk and on a phone, in both languages and themes. */
async function shootEverywhere(browser: Browser, origin: string, path: string, name: string): Promise<void> {
  for (const [look, viewport, locale, theme] of [
    ['', DESKTOP, 'en', 'dark'],
    ['-light', DESKTOP, 'ko', 'light'],
    ['-phone', PHONE, 'en', 'light'],
  ] as const) {
    const context = await browser.newContext({ baseURL: origin, viewport, locale: 'en-US' });
    const cookies = Object.entries({ locale, theme });
    await context.addCookies(cookies.map(([cookie, value]) => ({ name: cookie, value, url: origin })));
    const page = await context.newPage();
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('[role="status"][aria-label]')).toHaveCount(0);
    await shoot(page, `${name}${look}`);
    await context.close();
  }
}

/** A tournament while its semi-finals are fought, the list that it stands in, and somebody who waits for the next one. */
async function holdTournaments(browser: Browser, arcade: ArcadeProcess, { page }: Person): Promise<void> {
  const { origin } = arcade;
  const organiser = await enterOrganiser(origin, (name) => arcade.admin('grant', name));
  const fighters = await Promise.all(
    ['Haneul', 'Priya', 'Noor', 'Otto'].map((name) => enterFighter(origin, name)),
  );
  const cup = await putUp(organiser, { startsIn: 45, prizes: [500, 250] });
  const next = await putUp(organiser, { opensIn: 900, seats: 32, fee: 20, prizes: [400, 200, 100] });
  for (const { client } of fighters) await takeSeat(client, cup.tournamentId);
  await page.goto(`/tournaments/${next.tournamentId}/queue`);
  await page.getByRole('button', { name: t.tournaments.waiting.join, exact: true }).click();
  await expect(page.getByText(t.tournaments.waiting.drawHint)).toBeVisible();
  await shoot(page, 'waiting-room');
  const semifinals = await hearArranged(fighters, 2, new Set());
  const fought = Promise.all(semifinals.map((arranged) => fightOut(arranged)));
  await shootEverywhere(browser, origin, '/tournaments', 'tournaments');
  await shootEverywhere(browser, origin, `/tournaments/${cup.tournamentId}`, 'tournament');
  await fought;
  for (const { socket } of fighters) socket.close();
}

async function train(page: Page): Promise<void> {
  await page.goto('/training');
  await page.getByRole('button', { name: t.training.start }).click();
  await expect(page).toHaveURL(/\/training\/.+/);
  // Until every curve, the win rate's too, has come some way.
  const main = page.locator('main');
  await expect
    .poll(
      async () => {
        const steps = [...((await main.textContent()) ?? '').matchAll(/at step ([\d,]+)/g)];
        return steps.length < 5
          ? 0
          : Math.min(...steps.map(([, step = '']) => Number(step.replace(/,/g, ''))));
      },
      { timeout: 150_000 },
    )
    .toBeGreaterThanOrEqual(15_000);
  await shoot(page, 'training');
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const arcade = await ArcadeProcess.create({ LOG_LEVEL: 'warn' });
  await arcade.start();
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--mute-audio', '--disable-renderer-backgrounding'],
  });
  try {
    const visitor = await browser.newPage({ baseURL: arcade.origin, viewport: DESKTOP, locale: 'en-US' });
    await visitor.goto('/');
    await expect(visitor.locator('canvas')).toBeVisible();
    const bars = visitor.getByLabel(/^Health/);
    await expect
      .poll(
        () => bars.evaluateAll((meters) => meters.some((meter) => Number(meter.getAttribute('value')) < 70)),
        {
          timeout: 60_000,
        },
      )
      .toBe(true);
    await shoot(visitor, 'home');
    const ada = await enter(browser, arcade.origin, 'Ada');
    const mina = await enter(browser, arcade.origin, 'Mina');
    await enter(browser, arcade.origin, 'Tomek');
    await expect(ada.page.getByText('Tomek')).toBeVisible();
    await shoot(ada.page, 'lobby');
    const phone = await enter(browser, arcade.origin, 'Phone', PHONE);
    await expect(phone.page.getByText('Tomek')).toBeVisible();
    await shoot(phone.page, 'lobby-phone');
    await fightAndWatch(browser, arcade.origin, ada, mina);
    await holdTournaments(browser, arcade, mina);
    await train(ada.page);
    await arcade.admin('grant', 'Ada');
    // A grant is seen within seconds.
    await expect(async () => {
      await ada.page.goto('/admin/sessions');
      await ada.page.getByRole('table').getByRole('link').first().click({ timeout: 3_000 });
    }).toPass({ timeout: 60_000 });
    await expect(ada.page).toHaveURL(/\/admin\/sessions\/.+/);
    await expect(ada.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(ada.page.getByText('data channel open').first()).toBeVisible();
    await shoot(ada.page, 'admin');
  } finally {
    await browser.close();
    await arcade.dispose();
  }
}

await main();
