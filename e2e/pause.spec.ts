import { expect, type Page } from '@playwright/test';
import { challengeAndAccept, playToTheEnd, reportOf, stepOf } from './support/fight';
import { expectAccessible } from './support/page-quality';
import { enterPeople, expectLobby, leave, type Person } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** Two who fight pause by agreement (SES-12 to SES-15), as their pages show it. */

const t = words();
const menuButton = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function fighting(one: Person, two: Person): Promise<void> {
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

/** Without a look at whether the card has come to rest: there are ten seconds to answer, on a slow machine, too. */
async function accept({ page }: Person): Promise<void> {
  await menuButton(page, t.play.pause.accept).press('Enter');
}

async function pauseAsOne(asker: Person, other: Person): Promise<void> {
  await askForPause(asker);
  await accept(other);
  await expectSteps([asker, other], 'agreedPause');
}

/** How many messages with inputs the page has sent to the server; it is loaded again, so that its line is seen from the start. */
async function countInputs({ page, name }: Person): Promise<() => number> {
  let sent = 0;
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') sent += 1;
    }),
  );
  await page.reload();
  await expectLobby(page, name);
  return () => sent;
}

test('SES-12, SES-14: two pause by agreement, both stand still, and the fight goes on to one end', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const both = [one, two] as const;
  const inputs = await Promise.all(both.map(countInputs));
  await fighting(one, two);

  await askForPause(one);
  await Promise.all([
    expect(one.page.getByText(t.play.pause.waiting.replace('{name}', two.name))).toBeVisible(),
    expect(two.page.getByText(t.play.pause.asked.replace('{name}', one.name))).toBeVisible(),
  ]);
  await accept(two);
  await expectSteps(both, 'agreedPause');
  await expect(one.page.getByText(t.play.pause.byMe)).toBeVisible();
  await expect(two.page.getByText(t.play.pause.byThem.replace('{name}', one.name))).toBeVisible();

  const progress = () =>
    Promise.all(
      both.map(async ({ page }, index) => {
        const clock = await page.getByRole('timer', { name: t.hud.timer }).textContent();
        return `${clock} s, ${inputs[index]?.()} messages`;
      }),
    );
  // What was under way arrives first.
  let before = await progress();
  await expect
    .poll(
      async () => {
        const last = before;
        before = await progress();
        return before.join() === last.join();
      },
      { intervals: [600] },
    )
    .toBe(true);
  for (let turn = 0; turn < 10; turn += 1) {
    await one.page.keyboard.press('KeyD', { delay: 160 });
    await two.page.keyboard.press('KeyJ', { delay: 160 });
  }
  expect(await progress()).toEqual(before);
  expect(before.join()).toMatch(/[1-9]\d* messages/);
  await menuButton(two.page, t.play.pause.goOn).press('Enter');
  await expectSteps(both, 'fighting');
  await expect.poll(async () => (await progress()).every((now, index) => now !== before[index])).toBe(true);

  await Promise.all([
    playToTheEnd(one.page, 'KeyD', ['KeyJ', 'KeyK', 'KeyJ', 'KeyL']),
    playToTheEnd(two.page, 'ArrowLeft', ['KeyZ', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']),
  ]);
  const first = await reportOf(one.page);
  expect(first.reason).toBe('knockout');
  for (const report of [first, await reportOf(two.page)]) {
    expect(report.desyncs).toBe(0);
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
  await expectAccessible(one.page, 'an agreed pause');
  two.page.once('dialog', (dialog) => void dialog.accept());
  await two.page.reload();
  await expectSteps(both, 'agreedPause');
  await menuButton(two.page, t.play.pause.goOn).press('Enter');
  await expectSteps(both, 'fighting');

  await pauseAsOne(two, one);
  await menuButton(one.page, t.play.pause.goOn).press('Enter');
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
