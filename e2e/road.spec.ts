import { type Browser, expect, type Page } from '@playwright/test';
import { startCoturn } from '../server/signaling/testing/coturn';
import { ArcadeProcess } from './support/arcade-process';
import { challengeAndAccept, playToTheEnd, reportOf, stepOf } from './support/fight';
import {
  enterAsGuest,
  enterPeople,
  expectLobby,
  leave,
  PASSWORD,
  type Person,
  submitAccountForm,
} from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** The ways between two browsers: what happens when one breaks, or somebody breaks it. */

const t = words();

/** The ways between browsers that are closed; `open`: none. */
type Closed = 'direct' | 'any' | 'open';

/** Run in a page: lets a test break what the browser has, the connections between pages and what the page says to the server. */
function breakable(closed: Closed): void {
  const connections: RTCPeerConnection[] = [];
  const Real = RTCPeerConnection;
  Object.assign(window, {
    RTCPeerConnection: class extends Real {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
        const isRelayOnly = configuration?.iceTransportPolicy === 'relay';
        if (closed === 'open' || (closed === 'direct' && isRelayOnly)) return;
        this.addIceCandidate = async () => undefined;
        // An offer tells the candidates that were found before it was sent.
        this.setRemoteDescription = ({ type, sdp = '' }) =>
          super.setRemoteDescription({ type, sdp: sdp.replace(/a=candidate:.*\r\n/g, '') });
      }
    },
    /** Names the path of each connection; ICE gives another at each restart. */
    ufrags: () =>
      connections.map(({ localDescription }) => /ice-ufrag:(\S+)/.exec(localDescription?.sdp ?? '')?.[1]),
    cutPath: () => {
      for (const connection of connections) connection.close();
    },
    fallSilent: () => {
      const send = WebSocket.prototype.send;
      // Answers of the line itself only: it stays up.
      WebSocket.prototype.send = function (data) {
        if (data === '3' || data === '2') send.call(this, data);
      };
    },
  });
}

async function meet(browser: Browser, isPathless = false): Promise<readonly [Person, Person, string]> {
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  for (const { page } of [one, two])
    await page.evaluate<void, Closed>(breakable, isPathless ? 'any' : 'open');
  return [one, two, await challengeAndAccept(one, two)];
}

const routeOf = (page: Page) => page.getByTestId('route').getAttribute('data-route');

/** Waits until the fight's clock, which the page shows, has gone on. */
async function expectToGoOn(page: Page): Promise<void> {
  const seconds = async () => Number(await page.getByRole('timer').textContent());
  const before = await seconds();
  await expect.poll(seconds).toBeLessThan(before);
}

test('PEER-10, PEER-11: who can’t reach each other fight through the server, also from another device', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const [one, two, sessionId] = await meet(browser, true);
  for (const { page } of [one, two]) {
    await expect.poll(() => stepOf(page), { timeout: 40_000 }).toBe('fighting');
    expect(await routeOf(page)).toBe('server');
    await expect(page.getByTestId('route')).toContainText(t.play.routes.server);
  }
  await expectToGoOn(one.page);
  await expectToGoOn(two.page);

  const clock = Number(await two.page.getByRole('timer').textContent());
  const device = await browser.newContext();
  const page = await device.newPage();
  await page.addInitScript<Closed>(breakable, 'any');
  await page.goto('/login');
  await submitAccountForm(page, one.name, PASSWORD);
  await expectLobby(page, one.name);
  await page.goto(`/play/${sessionId}`);
  await page.getByRole('button', { name: t.play.continueHere }).click();
  await expect(one.page.getByText(t.play.replaced)).toBeVisible();
  for (const shown of [page, two.page]) {
    await expect.poll(() => stepOf(shown), { timeout: 20_000 }).toBe('fighting');
    expect(await routeOf(shown)).toBe('server');
  }
  // With the state of the fight, not from its beginning.
  expect(Number(await page.getByRole('timer').textContent())).toBeLessThanOrEqual(clock);
  await expectToGoOn(page);
  await expectToGoOn(two.page);
  await two.page.keyboard.press('Escape');
  await two.page.getByRole('button', { name: t.play.menu.leave }).click();
  for (const shown of [page, two.page])
    expect(await reportOf(shown)).toMatchObject({ desyncs: 0, winner: '1', reason: 'forfeit' });
  await device.close();
  await leave([one, two]);
});

test('PEER-10: a network that changes in the fight gives both another path, and the fight goes on', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const [one, two] = await meet(browser);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expectToGoOn(one.page);
  const pathsOf = ({ page }: Person) => page.evaluate<string[]>('ufrags()');
  const before = [await pathsOf(one), await pathsOf(two)];
  await one.page.evaluate(() => window.dispatchEvent(new Event('online')));
  for (const [index, person] of [one, two].entries()) {
    await expect.poll(async () => (await pathsOf(person)).at(-1)).not.toBe(before[index]?.at(-1));
    // The same connections all the while.
    expect(await pathsOf(person)).toHaveLength(before[index]?.length ?? 0);
  }
  for (const { page } of [one, two]) {
    await expectToGoOn(page);
    expect(await routeOf(page)).toBe('direct');
    expect(await stepOf(page)).toBe('fighting');
  }
  await leave([one, two]);
});

test('PEER-9: a path that is cut in the fight is gone round through the server, and the fight goes on', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const [one, two] = await meet(browser);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  expect(await routeOf(one.page)).toBe('direct');
  await expectToGoOn(one.page);
  await one.page.evaluate('cutPath()');
  for (const { page } of [one, two]) {
    await expect.poll(() => routeOf(page), { timeout: 15_000 }).toBe('server');
    await expect.poll(() => stepOf(page)).toBe('fighting');
  }
  for (const { page } of [one, two]) await expectToGoOn(page);
  // Both played what the judge finds, all the way across the cut.
  await two.page.keyboard.press('Escape');
  await two.page.getByRole('button', { name: t.play.menu.leave }).click();
  for (const { page } of [one, two]) {
    const report = await reportOf(page);
    expect(report).toMatchObject({ desyncs: 0, winner: '1', reason: 'forfeit' });
    expect(Number(report.judgedFrames)).toBeGreaterThan(200);
  }
  await leave([one, two]);
});

test('PEER-12: with who tells a key and signs nothing the fight goes on through the server', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const [one, two] = await enterPeople(browser, 'one', 'two');
  if (!one || !two) throw new Error('two people are needed');
  await two.page.evaluate(() => {
    crypto.subtle.sign = () => Promise.reject(new Error('signs nothing'));
  });
  await challengeAndAccept(one, two);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  for (const { page } of [one, two]) {
    await expect.poll(() => routeOf(page), { timeout: 15_000 }).toBe('server');
    await expect.poll(() => stepOf(page)).toBe('fighting');
  }
  for (const { page } of [one, two]) await expectToGoOn(page);
  await leave([one, two]);
});

test('PEER-13: both pages loaded again at once find each other and fight on where they were', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const [one, two] = await meet(browser);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expectToGoOn(one.page);
  await expectToGoOn(one.page);
  for (const { page } of [one, two]) page.on('dialog', (dialog) => void dialog.accept());
  await Promise.all([one.page.reload(), two.page.reload()]);
  for (const { page } of [one, two])
    await expect.poll(() => stepOf(page), { timeout: 20_000 }).toBe('fighting');
  expect(Number(await one.page.getByRole('timer').textContent())).toBeLessThan(99);
  await expectToGoOn(one.page);
  await expectToGoOn(two.page);
  await leave([one, two]);
});

test('PEER-10: where browsers can’t reach each other a real TURN server carries the fight', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const turn = await startCoturn();
  const arcade = await ArcadeProcess.create({
    TURN_URLS: `turn:127.0.0.1:${turn.address.port}`,
    TURN_SECRET: turn.secret,
  });
  try {
    await arcade.start();
    const people: Person[] = [];
    for (const _ of [1, 2]) {
      const context = await browser.newContext({ baseURL: arcade.origin });
      const page = await context.newPage();
      people.push({ context, page, name: await enterAsGuest(page) });
    }
    const [one, two] = people;
    if (!one || !two) throw new Error('two people are needed');
    for (const { page } of people) await page.evaluate<void, Closed>(breakable, 'direct');
    await challengeAndAccept(one, two);
    for (const { page } of people) {
      await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBe('fighting');
      expect(await routeOf(page)).toBe('turn');
    }
    await expectToGoOn(one.page);
    await leave(people);
  } finally {
    await arcade.dispose();
    await turn.stop();
  }
});

test('ENDS-7: who cuts the path and says nothing more loses, and both are told why', async ({ browser }) => {
  test.setTimeout(90_000);
  const [one, two] = await meet(browser);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  await expectToGoOn(one.page);
  await two.page.evaluate('cutPath(); fallSilent()');
  await expect.poll(() => stepOf(one.page), { timeout: 30_000 }).toBe('result');
  expect(await reportOf(one.page)).toMatchObject({ winner: '1', reason: 'forfeit' });
  await expect(one.page.getByText(t.play.result.causes.won.no_answer)).toBeVisible();
  await expect(two.page.getByText(t.play.result.causes.lost.no_answer)).toBeVisible();
  await leave([one, two]);
});

test('ENDS-1: who wins and closes the page at the last frame keeps the win', async ({ browser }) => {
  test.setTimeout(240_000);
  const [one, two] = await meet(browser);
  await expect.poll(() => stepOf(one.page)).toBe('fighting');
  // The page goes in the moment in which the fight is over for it, before anybody has judged it.
  const gone = one.page.evaluate(() => {
    const fight = document.querySelector('[data-testid=fight]');
    return new Promise<string>((resolve) => {
      const observer = new MutationObserver(() => {
        const step = fight?.getAttribute('data-step') ?? '';
        if (!['deciding', 'result'].includes(step)) return;
        observer.disconnect();
        resolve(step);
        window.close();
      });
      if (fight) observer.observe(fight, { attributeFilter: ['data-step'] });
    });
  });
  const brawl = playToTheEnd(one.page, 'KeyD', ['KeyJ', 'KeyK', 'KeyJ', 'KeyL']).catch(() => undefined);
  expect(await gone).toBe('deciding');
  await brawl;
  await expect.poll(() => stepOf(two.page), { timeout: 40_000 }).toBe('result');
  expect(await reportOf(two.page)).toMatchObject({ winner: '1', reason: 'knockout', desyncs: 0 });
  await leave([one, two]);
});
