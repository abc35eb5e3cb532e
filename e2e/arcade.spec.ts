import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page } from '@playwright/test';
import type { ScenarioInput } from '../proto/scenario';
import { ArcadeProcess } from './support/arcade-process';
import { freePorts } from './support/free-ports';
import { expectAccessible } from './support/page-quality';
import { enterAsGuest, PASSWORD, registerByPage, submitAccountForm } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** Arcade mode in the browser: a run of a short ladder, with both neighbours killed on the way, and on two devices. */

const t = words().arcade;

/** The short ladder, with an opponent whom the first blow decides. */
function easyLadder(): ScenarioInput {
  const ladder = JSON.parse(readFileSync('server/ladders/testing/short.json', 'utf8'));
  for (const { metadata } of ladder.sequences) {
    if (metadata.step.kind !== 'fight') continue;
    Object.assign(metadata.step, {
      level: 0,
      sway: 0,
      opponentHandicap: { healthPercent: 20, startHealthPercent: 5 },
    });
  }
  return { ...ladder, title: 'A short road' };
}

/** A neighbour in a process of its own. */
class Neighbour {
  readonly #name: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly origin: string;
  #child: ChildProcess | undefined;

  constructor(name: 'start-rules' | 'start-gm', port: number, adminPort: number, key: string) {
    this.#name = name;
    this.origin = `http://127.0.0.1:${port}`;
    this.#env = {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      RULES_PORT: String(port),
      GM_PORT: String(port),
      ADMIN_PORT: String(adminPort),
      INTERNAL_API_KEY: key,
      DATABASE_URL: '',
      AUTH_SECRET: '',
    };
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [`.build/server/${this.#name}.mjs`], {
      env: this.#env,
      stdio: 'ignore',
    });
    this.#child = child;
    await expect
      .poll(
        () =>
          fetch(`${this.origin}/health`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(200);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

const KEY = 'a key that the neighbours share';
const step = (page: Page) => page.getByTestId('arcade-step');
const moment = async (page: Page) => step(page).getAttribute('data-moment');

async function inject(arcade: ArcadeProcess, ladder: ScenarioInput): Promise<string> {
  const answer = await fetch(`${arcade.origin}/state/scenario/inject`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-internal-key': KEY },
    body: JSON.stringify(ladder),
  });
  const body = await answer.json();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return body.data.scenario_id;
}

/** The still fills its place from side to side, so that nothing of it lies outside the window. */
async function expectStillWide(page: Page): Promise<void> {
  const still = page.locator('.arcade-still');
  await expect(still).toBeVisible();
  const box = await still.boundingBox();
  expect([box?.x, box?.width]).toEqual([0, page.viewportSize()?.width]);
}

async function begin(page: Page, ladderId: string): Promise<void> {
  await page.goto('/arcade');
  await page.getByTestId(`ladder-${ladderId}`).getByRole('button', { name: t.begin }).click();
  await expect(step(page)).toHaveAttribute('data-moment', 'fight');
}

/** Walks at the opponent and strikes until the fight is over. */
async function winFight(page: Page, meanwhile?: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: t.fight.begin }).click();
  const fight = page.getByTestId('fight');
  await expect(fight).toBeVisible();
  const card = page.getByRole('button', { name: words().moves.card.close });
  await meanwhile?.();
  await expect(async () => {
    if (await card.isVisible()) await card.click();
    await page.keyboard.press('KeyD', { delay: 150 });
    await page.keyboard.press('KeyK', { delay: 50 });
    await expect(page.getByTestId('arcade-result')).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 40_000 });
}

test('a run of a short ladder goes to its ending while both neighbours are killed and come back', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [rulesPort = 0, gmPort = 0, adminOne = 0, adminTwo = 0] = await freePorts(4);
  const rules = new Neighbour('start-rules', rulesPort, adminOne, KEY);
  const gm = new Neighbour('start-gm', gmPort, adminTwo, KEY);
  const arcade = await ArcadeProcess.create({
    RULE_ENGINE_URL: rules.origin,
    AI_GM_URL: gm.origin,
    INTERNAL_API_KEY: KEY,
  });
  try {
    await Promise.all([rules.start(), gm.start(), arcade.start()]);
    const ladderId = await inject(arcade, easyLadder());
    const context = await browser.newContext({ baseURL: arcade.origin });
    const page = await context.newPage();
    const name = await enterAsGuest(page);
    await begin(page, ladderId);
    await expectStillWide(page);
    await winFight(page, async () => {
      await Promise.all([rules.kill(), gm.kill()]);
    });
    const result = page.getByTestId('arcade-result');
    await expect(result.getByRole('heading', { name: t.fight.won })).toBeVisible();
    // The bars stay as the fight left them, and a fight that one round decides has one pip a side.
    const rounds = words().hud.rounds.replace('{name}', name).replace('{won}', '1').replace('{needed}', '1');
    await expect(page.getByRole('img', { name: rounds })).toBeVisible();
    // Ruled by the arcade itself, in the time that the rule engine would have had.
    await result.getByRole('button', { name: t.fight.goOn }).click({ timeout: 10_000 });
    await expect(step(page)).toHaveAttribute('data-moment', 'scene');
    await Promise.all([rules.start(), gm.start()]);
    await page.keyboard.press('1');
    await expect(step(page)).toHaveAttribute('data-moment', 'ending');
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
    await page.getByRole('link', { name: t.toLadders }).click();
    const row = page.getByRole('row', { name: new RegExp(name) });
    await expect(row).toContainText('Home');
    // By the ladder's name, not by its id.
    await expect(row).toContainText('The Short Ladder');
    await context.close();
  } finally {
    await arcade.dispose();
    await Promise.all([rules.kill(), gm.kill()]);
  }
});

/** Plays against an arcade of its own that has one short ladder of weak opponents. */
async function withEasyLadder(
  play: (arcade: ArcadeProcess, ladderId: string) => Promise<void>,
): Promise<void> {
  const arcade = await ArcadeProcess.create({ INTERNAL_API_KEY: KEY });
  try {
    await arcade.start();
    await play(arcade, await inject(arcade, easyLadder()));
  } finally {
    await arcade.dispose();
  }
}

async function logIn(browser: Browser, origin: string, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  await page.goto('/login');
  await submitAccountForm(page, name, PASSWORD);
  await expect(page).toHaveURL(/\/lobby$/);
  return page;
}

test('a run is paused on one device and goes on on another; both show where it stands', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  await withEasyLadder(async (arcade, ladderId) => {
    const context = await browser.newContext({ baseURL: arcade.origin });
    const first = await context.newPage();
    const name = await registerByPage(first);
    await begin(first, ladderId);
    await winFight(first);
    await first.getByTestId('arcade-result').getByRole('button', { name: t.fight.goOn }).click();
    await expect(step(first)).toHaveAttribute('data-moment', 'scene');
    const { pathname } = new URL(first.url());
    await first.getByRole('button', { name: t.pause }).click();
    await expect(first.getByText(t.pausedHint)).toBeVisible();

    const second = await logIn(browser, arcade.origin, name);
    await second.goto('/arcade');
    await second.getByTestId(`ladder-${ladderId}`).getByRole('link', { name: t.resume }).click();
    await expect(second).toHaveURL(new RegExp(pathname));
    await second.getByRole('button', { name: t.resume }).click();
    await expect.poll(() => moment(second)).toBe('scene');
    await second.getByTestId('choices').getByRole('button').nth(1).click();
    await expect(step(second)).toHaveAttribute('data-moment', 'ending');

    // What the first device still shows is refused, and then it shows what is.
    await first.reload();
    await expect(step(first)).toHaveAttribute('data-moment', 'ending');
    await second.context().close();
    await context.close();
  });
});

test('a fight given up, another try, and the end of a run: each says where the player stands', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  await withEasyLadder(async (arcade, ladderId) => {
    const context = await browser.newContext({
      baseURL: arcade.origin,
      viewport: { width: 844, height: 390 },
    });
    const page = await context.newPage();
    await enterAsGuest(page);
    await begin(page, ladderId);
    await expectAccessible(page, 'who waits');
    await page.getByRole('button', { name: t.fight.begin }).click();
    await page.getByRole('button', { name: words().moves.card.close }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: t.fight.giveUp }).click();
    // Whoever goes back to the fight has not answered the question.
    await page.getByRole('button', { name: t.fight.back }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: t.fight.giveUp }).click();
    await page.getByRole('button', { name: t.fight.reallyGiveUp }).click();
    const result = page.getByTestId('arcade-result');
    await expect(result.getByRole('heading', { name: t.fight.lost })).toBeVisible();
    await expect(result.getByRole('button', { name: t.fight.goOn })).toBeFocused();
    await expectAccessible(page, 'a fight that was lost');
    await result.getByRole('button', { name: t.fight.goOn }).click();
    await expect(step(page)).toHaveAttribute('data-moment', 'continue');
    await expectAccessible(page, 'another try');
    // A phone that lies has room for all of it, beside the picture.
    const giveUp = page.getByRole('button', { name: t.continue.giveUp });
    const picture = await page.locator('.arcade-picture').boundingBox();
    expect(picture?.height).toBeGreaterThan(300);
    await giveUp.click();
    await expect(step(page)).toHaveAttribute('data-moment', 'over');
    await expect(page.getByRole('heading', { level: 1, name: t.over })).toBeVisible();
    await expect(page.getByTestId('said')).toHaveCount(0);
    await expectAccessible(page, 'a run that is over');
    await context.close();
  });
});
