import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { ArcadeProcess, runAdmin } from './support/arcade-process';
import { expectAccessible, openSettled, walkByKeyboard, watchLayoutShift } from './support/page-quality';
import { enterPeople, leave, registerByPage } from './support/people';
import { ScriptClient } from './support/script-client';
import { enterFighter } from './support/script-fight';
import { test } from './support/test';
import { enterOrganiser, fightOut, hearArranged, putUp, takeSeat } from './support/tournament';
import { uniqueName } from './support/unique-name';
import { LOCALES, words } from './support/words';

const t = words();
const { tournaments: w } = t;

/** 0 is a page that stands still; a tenth is what Web Vitals call good. */
const MAX_LAYOUT_SHIFT = 0.02;

async function balanceOf(client: ScriptClient): Promise<number> {
  return (await client.query<{ balance: number }>('wallet.get')).balance;
}

const place = (page: Page) => page.getByTestId('place');

test('QUEUE: a place keeps through a reload and a kill -9 of the server, and moves up when somebody leaves', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const arcade = await ArcadeProcess.create();
  try {
    await arcade.start();
    const { origin } = arcade;
    const organiser = await enterOrganiser(origin, (name) => arcade.admin('grant', name));
    const { tournamentId } = await putUp(organiser, { seats: 2 });
    // The house is full, so that nobody's turn comes meanwhile.
    for (const prefix of ['one', 'two'])
      await takeSeat(await ScriptClient.enter(origin, uniqueName(prefix)), tournamentId);
    const ahead = await ScriptClient.enter(origin, uniqueName('ahead'));
    await ahead.mutate('tournament.join', { tournamentId });

    const context = await browser.newContext({ baseURL: origin });
    const page = await context.newPage();
    await registerByPage(page);
    await page.goto(`/tournaments/${tournamentId}/queue`);
    await page.getByRole('button', { name: w.waiting.join, exact: true }).click();
    await expect(place(page)).toHaveText('2');
    await page.reload();
    await expect(place(page)).toHaveText('2');

    await arcade.kill();
    await arcade.start();
    // The page comes back by itself: it was not loaded again.
    await ahead.mutate('tournament.leave', { tournamentId });
    await expect(place(page)).toHaveText('1', { timeout: 20_000 });
    await page.reload();
    await expect(place(page)).toHaveText('1');
    await context.close();
  } finally {
    await arcade.dispose();
  }
});

test('SEAT: somebody finds a tournament, takes a seat and pays for it, in two clicks', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const organiser = await enterOrganiser(baseURL ?? '');
  const { name } = await putUp(organiser, { fee: 30, prizes: [60, 30] });
  const [person] = await enterPeople(browser, 'buyer');
  if (!person) throw new Error('a person is needed');
  const { page } = person;
  await page.goto('/tournaments');
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('link', { name: w.do.join, exact: true }).click();
  await page.getByRole('button', { name: w.waiting.join, exact: true }).click();

  await page.getByRole('button', { name: w.waiting.takeSeat, exact: true }).click();
  const left = page.getByRole('timer', { name: w.waiting.holdLeft });
  await expect(left).toHaveText(/^[0-4]:\d\d$/);
  await page.getByRole('button', { name: /^Pay 30 coins and confirm$/ }).click();
  await expect(page.getByText(w.waiting.in, { exact: true })).toBeVisible();

  await page.goto('/wallet');
  await expect(page.getByRole('row', { name: /Entry fee/ })).toContainText('−30');
  await expect(page.getByRole('main')).toContainText('120 coins');
  await page.goto('/tournaments');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('region', { name: w.entrants.title })).toContainText(person.name);

  // Before the close the seat, and the fee, can be given back.
  await page.getByRole('button', { name: w.leave.label, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: w.leave.confirm, exact: true }).click();
  await expect(page.getByRole('link', { name: w.do.join, exact: true })).toBeVisible();
  await page.goto('/wallet');
  await expect(page.getByRole('main')).toContainText('150 coins');
  await leave([person]);
});

test('QUEUE: the draw can be checked in the browser of whoever was in it', async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const organiser = await enterOrganiser(baseURL ?? '');
  const { tournamentId } = await putUp(organiser, { opensIn: 3_000, seats: 2 });
  const [person] = await enterPeople(browser, 'drawn');
  if (!person) throw new Error('a person is needed');
  const { page } = person;
  await page.goto(`/tournaments/${tournamentId}/queue`);
  await page.getByRole('button', { name: w.waiting.join, exact: true }).click();
  await expect(page.getByText(w.waiting.drawHint)).toBeVisible();
  for (const prefix of ['r1', 'r2', 'r3', 'r4'])
    await (await ScriptClient.enter(baseURL ?? '', uniqueName(prefix))).mutate('tournament.join', {
      tournamentId,
    });
  await expect(page.getByText(/^5 people are in line\.$/)).toBeVisible();
  await organiser.mutate('tournament.open', { tournamentId });
  await expect(page.getByText(w.waiting.drawHint)).toBeHidden({ timeout: 20_000 });
  await page.getByRole('button', { name: w.proof.check, exact: true }).click();
  const proof = page.getByRole('region', { name: w.proof.title });
  await expect(proof).toContainText(w.proof.right);
  await expect(proof).toContainText(/The draw put you at [1-5]\./);
  await expect(proof).toContainText(w.proof.nonceKept);
  await expect(proof).toContainText(w.proof.same);
  await leave([person]);
});

/** The bracket that was fought in this file, for the looks at pages below. */
let foughtId = '';

test('TOUR: a bracket of four is fought to its end, live on its page', async ({ page, baseURL }) => {
  test.setTimeout(300_000);
  const origin = baseURL ?? '';
  const organiser = await enterOrganiser(origin);
  const fighters = await Promise.all(['ann', 'bob', 'cho', 'dae'].map((name) => enterFighter(origin, name)));
  const { tournamentId, name } = await putUp(organiser, { startsIn: 40, prizes: [100, 50] });
  foughtId = tournamentId;
  for (const { client } of fighters) await takeSeat(client, tournamentId);
  await page.goto(`/tournaments/${tournamentId}`);
  await expect(page).toHaveTitle(new RegExp(name));
  await expect(page.getByRole('region', { name: w.entrants.title }).getByRole('row')).toHaveCount(5);

  // Everybody has what a new account has.
  const before = await balanceOf(organiser);

  // From here on the page is only looked at.
  const known = new Set<string>();
  const semifinals = await hearArranged(fighters, 2, known);
  for (const { sessionId } of semifinals) known.add(sessionId);
  const bracket = page.getByRole('region', { name: w.bracket.parts.single });
  const first = bracket.getByRole('list', { name: w.bracket.rounds.semifinal, exact: true });
  for (const { client } of fighters) await expect(first).toContainText(client.playerName);
  const onNow = page.getByRole('list', { name: w.onNow });
  const winners = await Promise.all(
    semifinals.map((arranged) =>
      fightOut(arranged, async () => {
        const [one, two] = arranged.pair.map(({ client }) => client.playerName);
        const name = t.watch.fightOf.replace('{player1}', one ?? '').replace('{player2}', two ?? '');
        await expect(onNow.getByRole('link', { name })).toBeVisible({ timeout: 15_000 });
      }),
    ),
  );
  const final = bracket.getByRole('list', { name: w.bracket.rounds.final, exact: true });
  for (const { client } of winners) await expect(final).toContainText(client.playerName);

  const [last] = await hearArranged(fighters, 1, known);
  if (!last) throw new Error('there was no final');
  const champion = await fightOut(last);
  const podium = page.locator('section').filter({ has: page.getByRole('heading', { name: w.podium }) });
  await expect(podium).toContainText(champion.client.playerName, { timeout: 30_000 });
  await expect(page.getByRole('main')).toContainText(w.status.ended);
  expect(await balanceOf(champion.client)).toBe(before + 100);
  for (const { socket } of fighters) socket.close();
});

test('ROOM: two step in, and the page shows who is called', async ({ browser, baseURL }) => {
  test.setTimeout(90_000);
  const [host] = await enterPeople(browser, 'host');
  if (!host) throw new Error('a person is needed');
  const { page } = host;
  const name = uniqueName('ring');
  await page.goto('/rooms');
  await page.getByLabel(t.rooms.form.name).fill(name);
  await page.getByRole('button', { name: t.rooms.form.open, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(/^Place 1$/).or(page.getByText(t.rooms.youStay))).toBeVisible();
  const roomId = new URL(page.url()).pathname.split('/').pop() ?? '';
  const rival = await enterFighter(baseURL ?? '', 'rival');
  await rival.client.mutate('room.join', { roomId });
  await rival.socket.hear('match_request_accepted', ({ source }) => source === 'room', 30_000);
  // The host's page goes to the fight by itself.
  await expect(page).toHaveURL(/\/play\//);
  rival.socket.close();
  await leave([host]);
});

/** Looks at every new page in every language and theme, with the keyboard, on small screens, and for jumps. */
test.describe('the pages of tournaments', () => {
  let paths: string[] = [];
  let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;

  test.beforeAll(async ({ browser, baseURL }) => {
    test.setTimeout(120_000);
    const origin = baseURL ?? '';
    const organiser = await enterOrganiser(origin);
    const { tournamentId } = await putUp(organiser, { opensIn: 3_000, fee: 10, prizes: [50, 20] });
    const { roomId } = await organiser.mutate<{ roomId: string }>('room.create', {
      name: uniqueName('ring'),
    });
    const context = await browser.newContext({ baseURL: origin });
    const page = await context.newPage();
    await runAdmin(['grant', await registerByPage(page, uniqueName('looks'))]);
    signedIn = await context.storageState();
    await context.close();
    paths = [
      '/tournaments',
      '/tournaments/new',
      `/tournaments/${tournamentId}`,
      `/tournaments/${tournamentId}/queue`,
      `/tournaments/${tournamentId}/edit`,
      ...(foughtId === '' ? [] : [`/tournaments/${foughtId}`]),
      '/tournaments/nothing',
      '/rooms',
      `/rooms/${roomId}`,
      '/wallet',
      '/admin/traffic',
      '/admin/books',
      '/admin/audit',
    ];
  });

  async function eachPage(
    browser: Browser,
    options: Parameters<Browser['newContext']>[0],
    look: (page: Page, path: string) => Promise<void>,
    cookies: Readonly<Record<string, string>> = {},
    url = '',
  ): Promise<void> {
    const context = await browser.newContext({ storageState: signedIn, ...options });
    await context.addCookies(Object.entries(cookies).map(([name, value]) => ({ name, value, url })));
    for (const path of paths) {
      const page = await context.newPage();
      await look(page, path);
      await page.close();
    }
    await context.close();
  }

  for (const locale of LOCALES)
    for (const theme of ['dark', 'light'])
      test(`are accessible in the ${theme} theme in ${locale}`, async ({ browser, baseURL }) => {
        test.setTimeout(180_000);
        await eachPage(
          browser,
          { reducedMotion: 'reduce' },
          async (page, path) => {
            await openSettled(page, path);
            await expect(page.locator('html')).toHaveAttribute('lang', locale);
            await expectAccessible(page, `${path} (${locale}, ${theme})`);
          },
          { locale, theme },
          baseURL,
        );
      });

  test('can be used with the keyboard alone, and show where one is', async ({ browser }) => {
    test.setTimeout(180_000);
    await eachPage(browser, { reducedMotion: 'reduce' }, async (page, path) => {
      await openSettled(page, path);
      const walk = await walkByKeyboard(page);
      expect(walk.unreached, `not reached on ${path}`).toEqual([]);
      expect(walk.unmarked, `focus not visible on ${path}`).toEqual([]);
    });
  });

  test('do not jump while they load', async ({ browser }) => {
    test.setTimeout(120_000);
    const shifts: Record<string, number> = {};
    await eachPage(browser, {}, async (page, path) => {
      const layoutShift = await watchLayoutShift(page);
      await openSettled(page, path);
      shifts[path] = await layoutShift();
    });
    expect(Object.entries(shifts).filter(([, shift]) => shift > MAX_LAYOUT_SHIFT)).toEqual([]);
  });

  test('do not scroll sideways, not even where the screen is 320 pixels wide (WCAG 1.4.10)', async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    await eachPage(browser, { viewport: { width: 320, height: 640 } }, async (page, path) => {
      await openSettled(page, path);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(320);
    });
  });

  test('report no error of their own', async ({ browser }) => {
    test.setTimeout(120_000);
    const errors: string[] = [];
    await eachPage(browser, {}, async (page, path) => {
      page.on('console', (message) => {
        // What is not there is answered 404, and the browser says so.
        if (message.type() === 'error' && !/404/.test(message.text()))
          errors.push(`${path}: ${message.text()}`);
      });
      await openSettled(page, path);
    });
    expect(errors).toEqual([]);
  });
});
