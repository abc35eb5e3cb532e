import { expect, type Page } from '@playwright/test';
import { watchLayoutShift } from './support/page-quality';
import { pageOf } from './support/people';
import { ScriptClient } from './support/script-client';
import { test } from './support/test';
import { enterOrganiser, putUp, takeSeat } from './support/tournament';
import { uniqueName } from './support/unique-name';
import { LOCALES, words } from './support/words';

const { tournaments: w, coming } = words();
const { desk } = w;
const MAX_LAYOUT_SHIFT = 0.02;

const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Of a countdown below an hour, `m:ss`. */
function secondsOf(shown = ''): number {
  const [, minutes, seconds] = /^(\d+):(\d\d)$/.exec(shown) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}

test('TOUR-21: front page and lobby lead to the next tournament and to the rooms, in the page’s first bytes', async ({
  browser,
  baseURL,
}) => {
  const organiser = await enterOrganiser(baseURL ?? '');
  const { name, tournamentId } = await putUp(organiser, { startsIn: 1_200, seats: 12 });
  // Until the server has opened registration, a moment after it was put up, the page counts down to that.
  const get = () => organiser.query<{ status: string; startsAt: string }>('tournament.get', { tournamentId });
  await expect.poll(get).toMatchObject({ status: 'open' });
  const startsAt = Date.parse((await get()).startsAt);
  const page = await pageOf(browser, organiser);
  // The server tells the same for a second.
  const first = async () => (await page.request.get('/')).text();
  await expect.poll(first).toContain(name);
  for (const path of ['/', '/lobby'])
    for (const locale of LOCALES) {
      await page.context().addCookies([{ name: 'locale', value: locale, url: baseURL ?? '' }]);
      const said = words(locale).coming;
      const askedAt = Date.now();
      const html = await (await page.request.get(path)).text();
      for (const text of [name, said.rooms, said.next]) expect(html, `${path} ${locale}`).toContain(text);
      const shown = secondsOf(/role="timer"[^>]*>([\d:]+)</.exec(html)?.[1]);
      expect(shown).toBeGreaterThanOrEqual((startsAt - Date.now()) / 1_000 - 1);
      expect(shown).toBeLessThanOrEqual((startsAt - askedAt) / 1_000 + 1);
    }
  await page.context().addCookies([{ name: 'locale', value: 'en', url: baseURL ?? '' }]);
  const layoutShift = await watchLayoutShift(page);
  for (const path of ['/', '/lobby']) {
    await page.goto(path);
    const way = page.getByRole('navigation', { name: coming.title });
    const isOff = async () =>
      Math.abs(
        secondsOf((await way.getByRole('timer').textContent()) ?? '') - (startsAt - Date.now()) / 1_000,
      );
    await expect.poll(isOff).toBeLessThan(2);
    expect(await layoutShift(), path).toBeLessThan(MAX_LAYOUT_SHIFT);
    await way.getByRole('link', { name }).click();
    await expect(page).toHaveURL(new RegExp(`/tournaments/${tournamentId}$`));
    await page.goBack();
    await way.getByRole('link', { name: coming.rooms }).click();
    await expect(page).toHaveURL(/\/rooms$/);
  }
  await organiser.mutate('tournament.cancel', { tournamentId });
  await page.context().close();
});

test('TOUR-19: an organiser changes a tournament, and is told what stays as it is and why', async ({
  browser,
  baseURL,
}) => {
  const organiser = await enterOrganiser(baseURL ?? '');
  const { tournamentId } = await putUp(organiser, { fee: 0, prizes: [50] });
  const page = await pageOf(browser, organiser);
  await page.goto(`/tournaments/${tournamentId}`);
  await page.getByRole('link', { name: desk.edit, exact: true }).click();
  const name = uniqueName('cup');
  await page.getByLabel(w.form.name, { exact: true }).fill(name);
  await page.getByLabel(w.form.seats, { exact: true }).fill('1');
  await page.getByRole('button', { name: w.edit.save, exact: true }).click();
  // Nothing was sent: the field says what is wrong, and has the focus.
  await expect(page.getByLabel(w.form.seats, { exact: true })).toBeFocused();
  await page.getByLabel(w.form.seats, { exact: true }).fill('6');
  await page.getByRole('button', { name: w.edit.save, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

  // Somebody takes a seat while the form is open: the server says so, at the field.
  await page.getByRole('link', { name: desk.edit, exact: true }).click();
  const prizes = page.getByLabel(w.form.prizes, { exact: true });
  await prizes.fill('40');
  await takeSeat(await ScriptClient.enter(baseURL ?? '', uniqueName('seated')), tournamentId);
  await page.getByRole('button', { name: w.edit.save, exact: true }).click();
  await expect(prizes).toHaveAccessibleDescription(new RegExp(w.edit.fixed.seats_taken));
  await expect(prizes).toBeFocused();
  // It stands there as it is again, and whatever else was changed can be saved.
  await expect(prizes).toHaveAttribute('readonly', '');
  await expect(prizes).toHaveValue('50');
  await page.getByRole('button', { name: w.edit.save, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await organiser.query('tournament.get', { tournamentId })).toMatchObject({
    name,
    seats: 6,
    prizes: [50],
  });
  await page.context().close();
});

test('TOUR-20: a co-organiser is chosen by name, with the keyboard alone', async ({ browser, baseURL }) => {
  const organiser = await enterOrganiser(baseURL ?? '');
  // More than the list shows at once.
  const helpers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => ScriptClient.enter(baseURL ?? '', uniqueName(`Helper_${n}`))),
  );
  const [helper] = helpers;
  if (!helper) throw new Error('a helper is needed');
  const { tournamentId } = await putUp(organiser);
  const page = await pageOf(browser, organiser);
  await page.goto(`/tournaments/${tournamentId}`);
  await tool(page, desk.organisers.label).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('combobox', { name: desk.organisers.add });
  await expect(field).toBeFocused();
  await page.keyboard.type('helper_');
  await expect(dialog.getByRole('option')).toHaveCount(8);
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('option').last()).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('Tab');
  const confirm = dialog.getByRole('button', { name: desk.organisers.confirm, exact: true });
  await expect(confirm).toBeFocused();
  // While its answer is on the way, only who fits of those who are known can be chosen.
  let letGo = () => {};
  const answer = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = page.waitForRequest('**/api/trpc/*findPeople*');
  await page.route('**/api/trpc/*findPeople*', async (route) => {
    await answer;
    await route.continue();
  });
  const option = dialog.getByRole('option', { name: helper.playerName, exact: true });
  await field.fill(helper.playerName.slice(0, -2).toUpperCase());
  await asked;
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await expect(option).toBeVisible();
  letGo();
  // Escape closes the list and nothing else; the arrow opens it again.
  await page.keyboard.press('Escape');
  await expect(option).toBeHidden();
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id')) ?? '');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(helper.playerName);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(tool(page, desk.organisers.label)).toBeFocused();
  expect(await helper.query('tournament.get', { tournamentId })).toMatchObject({ my: { isOrganizer: true } });

  // What is typed and not chosen is not sent.
  await page.keyboard.press('Enter');
  await field.fill('nobody-of-this-name');
  await expect(dialog.getByText(desk.person.none.replace('{text}', 'nobody-of-this-name'))).toBeVisible();
  await confirm.click();
  expect(await field.evaluate((input: HTMLInputElement) => input.validationMessage)).toBe(desk.person.choose);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.context().close();
});

test('TOUR-14: a pairing is moved, and somebody who was found by name steps in', async ({
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const organiser = await enterOrganiser(origin);
  const { tournamentId } = await putUp(organiser, { startsIn: 10, seats: 2 });
  const people = await Promise.all(
    ['ann', 'bob', 'cho'].map((name) => ScriptClient.enter(origin, uniqueName(name))),
  );
  const [ann, bob, cho] = people;
  if (!ann || !bob || !cho) throw new Error('three people are needed');
  for (const client of [ann, bob]) await takeSeat(client, tournamentId);
  const page = await pageOf(browser, organiser);
  await page.goto(`/tournaments/${tournamentId}`);
  await expect(tool(page, desk.movePairing.label)).toBeVisible({ timeout: 20_000 });
  await tool(page, desk.movePairing.label).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(desk.movePairing.notBefore, { exact: true }).fill('2035-01-02T03:04');
  await dialog.getByRole('button', { name: desk.movePairing.confirm, exact: true }).click();
  await expect(dialog).toBeHidden();

  await tool(page, desk.replace.label).click();
  await dialog.getByLabel(desk.replace.who, { exact: true }).selectOption({ label: bob.playerName });
  await dialog.getByRole('combobox', { name: desk.replace.by }).fill(cho.playerName.slice(0, -2));
  await dialog.getByRole('option', { name: cho.playerName, exact: true }).click();
  await dialog.getByRole('button', { name: desk.replace.confirm, exact: true }).click();
  await expect(dialog).toBeHidden();
  const bracket = page.getByRole('region', { name: w.bracket.parts.single });
  await expect(bracket).toContainText(cho.playerName);
  await expect(bracket).not.toContainText(bob.playerName);
  const { pairings } = await organiser.query<{ pairings: { notBefore: string }[] }>('tournament.bracket', {
    tournamentId,
  });
  expect(pairings.map(({ notBefore }) => notBefore.slice(0, 4))).toEqual(['2035']);
  await page.context().close();
});
