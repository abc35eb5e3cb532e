import { expect, type Page } from '@playwright/test';
import { stepOf } from './support/fight';
import { expectAccessible } from './support/page-quality';
import { enterPeople, leave } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** The people of the lobby: found, kept first, kept away, left in peace. */

const t = words().lobby;
const { phrases } = words().play;

const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
const challengeOf = (page: Page, name: string) =>
  page.getByRole('button', { name: t.challengeName.replace('{name}', name) });

async function openMore(page: Page, name: string) {
  await page.getByRole('button', { name: t.moreAbout.replace('{name}', name) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(t.between.nothing)).toBeVisible();
  return dialog;
}

test('people are searched for, kept first, blocked, and leave each other in peace', async ({ browser }) => {
  test.setTimeout(150_000);
  const people = await enterPeople(browser, 'seeker', 'zfriend', 'aother');
  const [seeker, friend, other] = people;
  if (!seeker || !friend || !other) throw new Error('three people are needed');
  const { page } = seeker;
  await expect(challengeOf(page, friend.name)).toBeEnabled();
  await expect(challengeOf(page, other.name)).toBeEnabled();

  // Search, by a part of the name in any case.
  await page.getByLabel(t.search).fill('ZFRI');
  await expect(rowOf(page, other.name)).toHaveCount(0);
  await expect(rowOf(page, friend.name)).toHaveCount(1);
  await page.getByLabel(t.search).fill('nobody is called so');
  await expect(page.getByText(t.nobodyFits)).toBeVisible();
  await page.getByLabel(t.search).fill('');

  // A favourite stands first, also after a reload, and alone where only favourites are shown.
  const dialog = await openMore(page, friend.name);
  await expectAccessible(page, 'more about somebody');
  await dialog.getByRole('button', { name: t.relations.favourite.name }).click();
  await page.keyboard.press('Escape');
  await expect(rowOf(page, friend.name).getByLabel(t.favourite)).toBeVisible();
  await page.reload();
  await expect(rowOf(page, friend.name).getByLabel(t.favourite)).toBeVisible();
  const first = page.getByRole('region', { name: t.people }).getByRole('listitem').first();
  await expect(first).toContainText(friend.name);
  await page.getByLabel(t.show).selectOption('favourites');
  await expect(rowOf(page, other.name)).toHaveCount(0);
  await page.getByLabel(t.show).selectOption('all');

  // Who is blocked can't be challenged, and can't challenge.
  await (await openMore(page, other.name)).getByRole('button', { name: t.relations.block.name }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel(t.show).selectOption('apart');
  await expect(rowOf(page, friend.name)).toHaveCount(0);
  await expect(rowOf(page, other.name)).toContainText(t.blocked);
  await page.getByLabel(t.show).selectOption('all');
  await expect(rowOf(page, other.name)).toContainText(t.blocked);
  await expect(challengeOf(page, other.name)).toHaveCount(0);
  await challengeOf(other.page, seeker.name).click();
  await expect(other.page.getByText('That player takes no requests of you at the moment.')).toBeVisible();

  // Nobody challenges who does not want to be disturbed; it holds over a reload.
  await page.getByRole('button', { name: t.dnd }).click();
  await expect(challengeOf(friend.page, seeker.name)).toHaveCount(0);
  await expect(rowOf(friend.page, seeker.name)).toContainText(t.dndShort);
  await page.reload();
  await expect(page.getByRole('button', { name: t.dnd })).toHaveAttribute('aria-pressed', 'true');
  await expect(rowOf(friend.page, seeker.name)).toContainText(t.dndShort);
  await page.getByRole('button', { name: t.dnd }).click();
  await expect(challengeOf(friend.page, seeker.name)).toBeVisible();
  await leave(people);
});

test('PEER-14, PEER-15: before they agree both see how good a fight would be; who hides an address fights through the server', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const people = await enterPeople(browser, 'one', 'two');
  const [one, two] = people;
  if (!one || !two) throw new Error('two people are needed');
  async function fight(expected: 'direct' | 'server'): Promise<void> {
    if (!one || !two) return;
    await challengeOf(one.page, two.name).click();
    for (const { page } of [one, two]) {
      const card = page.getByTestId('connection-card');
      await expect(card).toHaveAttribute('data-route', expected);
      await expect(card).toContainText(t.connection.routes[expected]);
      await expect(card).toContainText(/\d+ ms/);
    }
    await expectAccessible(two.page, 'a challenge with its connection');
    await two.page.getByRole('button', { name: t.accept, exact: true }).click();
    for (const { page } of [one, two]) {
      await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');
      await expect(page.getByTestId('route')).toHaveAttribute('data-route', expected);
    }
    // The result's way back is as good as any.
    await two.page.keyboard.press('Escape');
    await two.page.getByRole('button', { name: words().play.menu.leave }).click();
    for (const { page } of [one, two]) await expect(page.getByTestId('result')).toBeVisible();
    // A word between the two, instead of a chat.
    await two.page.getByRole('button', { name: phrases.words.good_game }).click();
    await expect(one.page.getByRole('status').filter({ hasText: phrases.words.good_game })).toBeVisible();
    for (const { page } of [one, two]) await page.goto('/lobby');
  }
  await fight('direct');
  // A page that is not alive yet would forget it.
  await expect(challengeOf(one.page, two.name)).toBeEnabled();
  await one.page.getByLabel(t.connection.relayOnly).check();
  await fight('server');
  const hits = await one.page.evaluate(() => localStorage.getItem('route-predictions'));
  expect(JSON.parse(hits ?? '')).toEqual({ right: 2, all: 2 });
  // PEER-16: who was reached through the server alone is known for it.
  await one.page.getByRole('button', { name: t.line.filter }).click();
  await expectAccessible(one.page, 'the filter by the connection');
  await one.page.getByLabel(t.line.directOnly).check();
  await expect(one.page.getByText(t.line.nobodyFits)).toBeVisible();
  await one.page.reload();
  await expect(one.page.getByText(t.line.nobodyFits)).toBeVisible();
  await one.page.getByRole('button', { name: t.line.filterOn }).click();
  await one.page.getByRole('button', { name: t.line.reset }).click();
  await expect(challengeOf(one.page, two.name)).toBeEnabled();
  await leave(people);
});
