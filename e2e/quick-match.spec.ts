import { type Browser, expect, type Page } from '@playwright/test';
import { stepOf } from './support/fight';
import { enterPeople, leave } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

const t = words();

/** Notes on the page whether the stage of the warm-up is still there in the first frame after the opponent was announced. */
function watchTheBot(): void {
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...args: ConstructorParameters<typeof Plain>) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (!String(data).includes('match_request_accepted')) return;
        requestAnimationFrame(() => {
          const stage = document.querySelector('[data-testid="fight"]');
          sessionStorage.setItem('stage after a frame', stage ? 'still there' : 'gone');
        });
      });
    }
  };
}

async function newGuestPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  return context.newPage();
}

const startLooking = (page: Page) =>
  page.getByTestId('quick-match').getByRole('button', { name: t.quick.title }).click();

test('two who look for a quick match warm up, and are in a fight by themselves', async ({ browser }) => {
  test.setTimeout(180_000);
  const people = await enterPeople(browser, 'one', 'two');
  const [one, two] = people;
  if (!one || !two) throw new Error('two people are needed');
  await one.page.addInitScript(watchTheBot);
  await one.page.goto('/lobby');
  await startLooking(one.page);
  const panel = one.page.getByTestId('quick-match');
  await expect(panel.getByText(t.quick.looking)).toBeVisible();
  await expect(panel.getByText(/±\d+/)).toBeVisible();

  await panel.getByRole('link', { name: t.quick.warmUp }).click();
  await expect(one.page).toHaveURL(/\/play\/warm-up$/);
  await expect.poll(() => stepOf(one.page), { timeout: 30_000 }).toBe('fighting');
  const badge = one.page.getByTestId('quick-badge');
  await expect(badge).toBeVisible();
  // Reloading keeps the place, and how long one has waited.
  await expect(badge.getByText(/0:0[3-9]|0:[1-5]\d/)).toBeVisible();
  const waited = async () => {
    const [, minutes, seconds] = /(\d+):(\d\d)/.exec((await badge.textContent()) ?? '') ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  const before = await waited();
  await one.page.reload();
  await expect(badge).toBeVisible();
  expect(await waited()).toBeGreaterThanOrEqual(before);
  await expect.poll(() => stepOf(one.page), { timeout: 30_000 }).toBe('fighting');

  await startLooking(two.page);
  await Promise.all([one, two].map(({ page }) => expect(page).toHaveURL(/\/play\/[0-9a-f-]{36}$/)));
  expect(await one.page.evaluate(() => sessionStorage.getItem('stage after a frame'))).toBe('gone');
  for (const { page } of people) await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');

  // Afterwards the next opponent is one click away; the same one is not brought together again so soon.
  await two.page.keyboard.press('Escape');
  await two.page.getByRole('button', { name: t.play.menu.leave }).click();
  for (const { page } of people) {
    await page.getByRole('button', { name: t.quick.next }).click();
    await expect(page).toHaveURL(/\/lobby$/);
    await expect(page.getByTestId('quick-match').getByText(t.quick.looking)).toBeVisible();
  }
  await two.page.getByTestId('quick-match').getByRole('button', { name: t.quick.stop }).click();
  await expect(
    two.page.getByTestId('quick-match').getByRole('button', { name: t.quick.title }),
  ).toBeEnabled();
  await leave(people);
});

test('a friend opens an invitation and begins a set as a guest with one more click', async ({ browser }) => {
  test.setTimeout(180_000);
  const [host] = await enterPeople(browser, 'host');
  if (!host) throw new Error('a host is needed');
  await host.page.getByLabel(t.sets.choice).selectOption('2');
  const panel = host.page.getByTestId('invite');
  await panel.getByRole('button', { name: t.invite.make }).click();
  const link = await panel.getByLabel(t.invite.link).inputValue();
  const own = await host.context.newPage();
  await own.goto(link);
  await expect(own.getByRole('heading', { name: t.invite.join.own })).toBeVisible();
  await own.close();
  // Wherever in the arcade the host is.
  await host.page.goto('/moves/garam');

  const friend = await newGuestPage(browser);
  await friend.goto(link);
  const invites = t.invite.join.title.replace('{name}', host.name);
  await expect(friend.getByRole('heading', { name: invites })).toBeVisible();
  await expect(friend.getByText('first to 2')).toBeVisible();
  await friend.getByRole('button', { name: t.invite.join.asGuest }).click();
  await Promise.all([host.page, friend].map((page) => expect(page).toHaveURL(/\/play\/[0-9a-f-]{36}$/)));
  for (const page of [host.page, friend])
    await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');

  // The link is used up.
  const third = await newGuestPage(browser);
  await third.goto(link);
  await expect(third.getByRole('heading', { name: t.invite.join.closed })).toBeVisible();
  await friend.keyboard.press('Escape');
  await friend.getByRole('button', { name: t.play.menu.leave }).click();
  const standing = t.sets.standing.replace('{own}', '1').replace('{theirs}', '0').replace('{firstTo}', '2');
  await expect(host.page.getByTestId('set')).toHaveText(standing);
  await friend.getByRole('button', { name: t.play.rematch.askNext }).click();
  await expect(host.page.getByRole('button', { name: t.play.rematch.acceptNext })).toBeVisible();
  for (const page of [third, friend]) await page.context().close();
  await leave([host]);
});

test('an invitation of somebody who is away says so, and works when they are back', async ({ browser }) => {
  test.setTimeout(120_000);
  const [host] = await enterPeople(browser, 'host');
  if (!host) throw new Error('a host is needed');
  const panel = host.page.getByTestId('invite');
  await panel.getByRole('button', { name: t.invite.make }).click();
  const link = await panel.getByLabel(t.invite.link).inputValue();
  await host.page.close();
  const friend = await newGuestPage(browser);
  await friend.goto(link);
  await friend.getByRole('button', { name: t.invite.join.asGuest }).click();
  const away = t.invite.join.refused.host_away.replace('{name}', host.name);
  await expect(friend.getByText(away)).toBeVisible();
  const back = await host.context.newPage();
  await back.goto('/lobby');
  await expect(back.getByTestId('invite').getByLabel(t.invite.link)).toHaveValue(link);
  await friend.getByRole('button', { name: t.invite.join.again }).click();
  await Promise.all([back, friend].map((page) => expect(page).toHaveURL(/\/play\/[0-9a-f-]{36}$/)));
  await friend.context().close();
  await leave([host]);
});

test('a set goes on with one click each until it is won', async ({ browser }) => {
  test.setTimeout(240_000);
  const people = await enterPeople(browser, 'one', 'two');
  const [one, two] = people;
  if (!one || !two) throw new Error('two people are needed');
  const { sets, play } = t;
  await one.page.getByLabel(sets.choice).selectOption('2');
  const challenge = t.lobby.challengeName.replace('{name}', two.name);
  await one.page.getByRole('button', { name: challenge }).click();
  const asks = t.lobby.incoming.replace('{name}', one.name);
  await expect(two.page.getByText(`${asks} · ${sets.firstTo.replace('{firstTo}', '2')}`)).toBeVisible();
  await two.page.getByRole('button', { name: t.lobby.accept, exact: true }).click();

  const score = (words: string, own: number, theirs: number) =>
    words.replace('{own}', String(own)).replace('{theirs}', String(theirs)).replace('{firstTo}', '2');
  for (const wins of [1, 2]) {
    for (const { page } of people)
      await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');
    await two.page.keyboard.press('Escape');
    await two.page.getByRole('button', { name: play.menu.leave }).click();
    const isWon = wins === 2;
    await expect(one.page.getByTestId('set')).toHaveText(score(isWon ? sets.won : sets.standing, wins, 0));
    await expect(two.page.getByTestId('set')).toHaveText(score(isWon ? sets.lost : sets.standing, 0, wins));
    if (isWon) break;
    const { pathname } = new URL(one.page.url());
    await two.page.getByRole('button', { name: play.rematch.askNext }).click();
    await one.page.getByRole('button', { name: play.rematch.acceptNext }).click();
    for (const { page } of people) await expect(page).not.toHaveURL(new RegExp(pathname));
  }
  await expect(one.page.getByRole('button', { name: play.rematch.ask })).toBeVisible();
  await leave(people);
});
