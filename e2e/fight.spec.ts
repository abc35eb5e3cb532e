import { expect, type Page } from '@playwright/test';
import { challengeAndAccept, playToTheEnd, reportOf, stepOf } from './support/fight';
import { enterPeople, leave, type Person } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

const t = words();

/** A third person who looks at the fight from outside. */
async function watch(viewer: Person, sessionId: string): Promise<Page> {
  await viewer.page.goto(`/watch/${sessionId}`);
  return viewer.page;
}

async function healthOf(page: Page, name: string): Promise<number> {
  return Number(await page.getByLabel(t.hud.health.replace('{name}', name)).getAttribute('value'));
}

const LINES = [
  { name: 'the line as it is', network: 'off', atLeastRollbacks: 0 },
  { name: '80 ms ± 10 and 2 % loss each way', network: 'far', atLeastRollbacks: 20 },
] as const;

for (const line of LINES) {
  test(`two browsers fight to a knock-out over ${line.name} while a third watches`, async ({ browser }) => {
    test.setTimeout(240_000);
    const [one, two, viewer] = await enterPeople(browser, 'one', 'two', 'eye');
    if (!one || !two || !viewer) throw new Error('three people are needed');
    for (const { page } of [one, two])
      await page.evaluate((network) => sessionStorage.setItem('practice-network', network), line.network);

    const sessionId = await challengeAndAccept(one, two);
    const seen = await watch(viewer, sessionId);
    await expect.poll(() => stepOf(one.page)).toBe('fighting');

    const fight = Promise.all([
      playToTheEnd(one.page, 'KeyD', ['KeyJ', 'KeyK', 'KeyJ', 'KeyL']),
      // Comes nearer and strikes now and then: two who strike all the time keep each other from striking.
      playToTheEnd(two.page, 'ArrowLeft', ['KeyZ', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']),
    ]);
    // The viewer's bars move while the fight goes on.
    await expect
      .poll(async () => Math.min(await healthOf(seen, one.name), await healthOf(seen, two.name)), {
        timeout: 60_000,
      })
      .toBeLessThan(100);
    await fight;

    const [first, second] = [await reportOf(one.page), await reportOf(two.page)];
    expect(['1', '2']).toContain(first.winner);
    expect(first.reason).toBe('knockout');
    for (const report of [first, second]) {
      expect(report.desyncs).toBe(0);
      expect(report.frames).toBe(first.judgedFrames);
      expect(report.checksum).toBe(first.judgedChecksum);
      expect(report.judgedFrames).toBe(first.judgedFrames);
      expect(report.judgedChecksum).toBe(first.judgedChecksum);
      expect(report.winner).toBe(first.winner);
      expect(report.rollbacks).toBeGreaterThanOrEqual(line.atLeastRollbacks);
    }
    const winner = first.winner === '1' ? one.name : two.name;
    await expect(seen.getByRole('status').getByText(t.watch.wins.replace('{name}', winner))).toBeVisible();
    // The link of a fight that is over shows how it ended.
    await seen.reload();
    const rounds = t.hud.rounds.replace('{name}', winner).replace('{won}', '2').replace('{needed}', '2');
    await expect(seen.getByRole('img', { name: rounds })).toBeVisible();
    // A badge's mark stands before its word.
    await expect(seen.getByText(new RegExp(`^\\W*${t.watch.ended}$`))).toBeVisible();
    await leave([one, two, viewer]);
  });
}

test('after the fight a rematch is one click for each', async ({ browser }) => {
  test.setTimeout(180_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  const first = await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await one.page.keyboard.press('Escape');
  await one.page.getByRole('button', { name: t.play.menu.leave }).click();
  await expect.poll(() => stepOf(two.page)).toBe('result');
  await expect(two.page.getByTestId('result')).toHaveText(t.play.result.won);
  await expect.poll(() => stepOf(one.page)).toBe('result');
  await two.page.getByRole('button', { name: t.play.rematch.ask }).click();
  await one.page.getByRole('button', { name: t.play.rematch.accept }).click();
  await Promise.all([one, two].map(({ page }) => expect(page).not.toHaveURL(new RegExp(first))));
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expect.poll(() => stepOf(two.page)).toBe('fighting');
  await leave([one, two]);
});

test('F3 shows the netcode and Escape the menu, both from the keyboard', async ({ browser }) => {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await one.page.keyboard.press('F3');
  const overlay = one.page.getByRole('complementary', { name: t.play.netcode.title });
  await expect(overlay).toBeVisible();
  await expect(overlay.getByText(/±\d+ ms/)).toBeVisible();
  // Of the line to the server: messages there and back.
  await expect(overlay.getByTestId('line-figures').getByText(/^\d+ \/ \d{2,}$/)).toBeVisible();
  await one.page.keyboard.press('F3');
  await expect(overlay).toBeHidden();
  await one.page.keyboard.press('Escape');
  await expect(one.page.getByRole('dialog', { name: t.play.menu.title })).toBeVisible();
  await one.page.keyboard.press('Escape');
  await expect(one.page.getByRole('dialog')).toBeHidden();
  expect(await stepOf(two.page)).toBe('fighting');
  await leave([one, two]);
});

test('a hidden tab holds the fight up for both, and they go on when it is back', async ({ browser }) => {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expect.poll(() => stepOf(two.page)).toBe('fighting');
  // Headless pages are never hidden, so the page is told that it is.
  const setHidden = (hidden: boolean) =>
    one.page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await setHidden(true);
  await expect.poll(() => stepOf(two.page)).toBe('paused');
  const timer = two.page.getByRole('timer');
  const held = await timer.textContent();
  await expect(two.page.getByText(t.play.steps.paused)).toBeVisible();
  await setHidden(false);
  await expect.poll(() => stepOf(two.page)).toBe('fighting');
  await expect(timer).not.toHaveText(held ?? '');
  await leave([one, two]);
});
