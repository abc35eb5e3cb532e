import { expect, type Page } from '@playwright/test';
import { challengeAndAccept, playToTheEnd, reportOf, stepOf } from './support/fight';
import { expectAccessible } from './support/page-quality';
import { enterPeople, leave, type Person } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** Two who fight pause by agreement (SES-12 to SES-15), as their pages show it. */

const t = words();
const menuButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function fighting(one: Person, two: Person): Promise<void> {
  // Far enough apart that every frame is predicted: then the count of those tells how many were played.
  for (const { page } of [one, two])
    await page.evaluate(() => sessionStorage.setItem('practice-network', 'far'));
  await challengeAndAccept(one, two);
  await expectSteps([one, two], 'fighting');
}

async function expectSteps(people: readonly Person[], step: string): Promise<void> {
  for (const { page } of people) await expect.poll(() => stepOf(page)).toBe(step);
}

async function askForPause({ page }: Person): Promise<void> {
  await page.keyboard.press('Escape');
  await menuButton(page, t.play.menu.askForPause).click();
}

async function pauseAsOne(asker: Person, other: Person): Promise<void> {
  await askForPause(asker);
  await menuButton(other.page, t.play.pause.accept).click();
  await expectSteps([asker, other], 'agreedPause');
}

/** The round's clock, and how many frames the netcode has predicted (F3). */
async function progressOf({ page }: Person): Promise<string> {
  const overlay = page.getByRole('complementary', { name: t.play.netcode.title });
  const label = overlay.locator('dt').getByText(t.play.netcode.predicted);
  const predicted = await overlay.locator('div', { has: label }).locator('dd').textContent();
  const clock = await page.getByRole('timer', { name: t.hud.timer }).textContent();
  return `${clock} s, ${predicted} predicted`;
}

test('SES-12, SES-14: two pause by agreement, both stand still, and the fight goes on to one end', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const both = [one, two] as const;
  await fighting(one, two);
  for (const { page } of both) await page.keyboard.press('F3');

  await askForPause(one);
  await expect(one.page.getByText(t.play.pause.waiting.replace('{name}', two.name))).toBeVisible();
  await expect(two.page.getByText(t.play.pause.asked.replace('{name}', one.name))).toBeVisible();
  await expectSteps(both, 'fighting');
  await menuButton(two.page, t.play.pause.accept).click();
  await expectSteps(both, 'agreedPause');
  await expect(one.page.getByText(t.play.pause.byMe)).toBeVisible();
  await expect(two.page.getByText(t.play.pause.byThem.replace('{name}', one.name))).toBeVisible();

  // The overlay is written five times a second.
  await one.page.waitForTimeout(500);
  const before = await Promise.all(both.map(progressOf));
  await expectAccessible(one.page, 'an agreed pause');
  for (let turn = 0; turn < 20; turn += 1) {
    await one.page.keyboard.press('KeyD', { delay: 40 });
    await two.page.keyboard.press('KeyJ', { delay: 40 });
    await one.page.waitForTimeout(100);
  }
  expect(await Promise.all(both.map(progressOf))).toEqual(before);
  expect(before.join()).toMatch(/[1-9]\d+ predicted/);
  await menuButton(two.page, t.play.pause.goOn).click();
  await expectSteps(both, 'fighting');
  for (const [index, person] of both.entries())
    await expect.poll(() => progressOf(person)).not.toBe(before[index]);

  await Promise.all([
    playToTheEnd(one.page, 'KeyD', ['KeyJ', 'KeyK', 'KeyJ', 'KeyL']),
    playToTheEnd(two.page, 'ArrowLeft', ['KeyZ', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']),
  ]);
  const first = await reportOf(one.page);
  expect(first.reason).toBe('knockout');
  for (const report of [first, await reportOf(two.page)]) {
    expect(report.desyncs).toBe(0);
    expect(report.rollbacks).toBeGreaterThan(0);
    expect(report.frames).toBe(first.judgedFrames);
    expect(report.checksum).toBe(first.judgedChecksum);
    expect(report.judgedChecksum).toBe(first.judgedChecksum);
    expect(report.winner).toBe(first.winner);
  }
  await leave(both);
});

test('SES-13, SES-14: a page that is loaded again in a pause comes back into it, nobody has to agree, and three are all', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const both = [one, two] as const;
  await fighting(one, two);

  // Not answered, it lapses.
  await askForPause(one);
  const asked = two.page.getByText(t.play.pause.asked.replace('{name}', one.name));
  await expect(asked).toBeVisible();
  await expect(asked).toBeHidden({ timeout: 15_000 });
  await expectSteps(both, 'fighting');

  await pauseAsOne(one, two);
  two.page.once('dialog', (dialog) => void dialog.accept());
  await two.page.reload();
  await expectSteps(both, 'agreedPause');
  await menuButton(two.page, t.play.pause.goOn).click();
  await expectSteps(both, 'fighting');

  await pauseAsOne(two, one);
  await menuButton(one.page, t.play.pause.goOn).click();
  await expectSteps(both, 'fighting');
  // By the keyboard alone: the menu agrees, and Tab leads to the way on.
  await askForPause(one);
  await expect(asked).toBeVisible();
  await two.page.keyboard.press('Escape');
  await menuButton(two.page, t.play.menu.acceptPause).press('Enter');
  await expectSteps(both, 'agreedPause');
  await menuButton(two.page, t.play.pause.goOn).press('Enter');
  await expectSteps(both, 'fighting');

  await one.page.keyboard.press('Escape');
  await expect(menuButton(one.page, t.play.menu.askForPause)).toBeDisabled();
  await expect(one.page.getByText(t.play.menu.noPauses)).toBeVisible();
  await expectAccessible(one.page, 'the menu without pauses');
  await menuButton(one.page, t.play.menu.leave).click();
  await expectSteps(both, 'result');
  await leave(both);
});
