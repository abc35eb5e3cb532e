import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright';
import { ArcadeProcess } from '../e2e/support/arcade-process';
import { words } from '../e2e/support/words';
import { startCoturn } from '../server/signaling/testing/coturn';

/**
 * Two real browsers, each in a network namespace of its own, on networks that allow less and less: which way they find, how
 * long it takes, and what the fight does when the network changes in the middle of it. Linux, as root, with `ip`, a built
 * arcade and coturn: `npm run proof:road`.
 */

const HOST = '10.77.0.1';
const t = words();

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
const inside = (space: string, ...args: string[]) => ip('netns', 'exec', space, ...args);

/** A machine on a switch, whose UDP can be blocked and whose cable can be pulled. */
interface Machine {
  readonly space: string;
  readonly cable: string;
  readonly chromium: string;
}

function plug(folder: string, number: number): Machine {
  const [space, cable] = [`road${number}`, `road${number}c`];
  ip('netns', 'add', space);
  ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', space);
  ip('link', 'set', cable, 'master', 'road', 'up');
  inside(space, 'ip', 'address', 'add', `10.77.0.${number + 1}/24`, 'dev', 'eth0');
  for (const device of ['eth0', 'lo']) inside(space, 'ip', 'link', 'set', device, 'up');
  inside(space, 'ip', 'route', 'add', 'default', 'via', HOST);
  const launcher = join(folder, space);
  writeFileSync(launcher, `#!/bin/sh\nexec ip netns exec ${space} /usr/bin/chromium "$@"\n`);
  chmodSync(launcher, 0o755);
  return { space, cable, chromium: launcher };
}

const blockUdp = ({ space }: Machine) => inside(space, 'ip', 'rule', 'add', 'ipproto', 'udp', 'prohibit');
const allowUdp = ({ space }: Machine) => {
  try {
    inside(space, 'ip', 'rule', 'del', 'ipproto', 'udp', 'prohibit');
  } catch {
    // It was not blocked.
  }
};

async function until<T>(what: string, read: () => Promise<T>, isIt: (value: T) => boolean, ms = 45_000) {
  const end = performance.now() + ms;
  for (;;) {
    const value = await read();
    if (isIt(value)) return value;
    if (performance.now() > end) throw new Error(`${what}: still ${String(value)} after ${ms} ms`);
    await sleep(50);
  }
}

const stepOf = (page: Page) => page.getByTestId('fight').getAttribute('data-step');
const routeOf = (page: Page) => page.getByTestId('route').getAttribute('data-route');
const secondsOf = async (page: Page) => Number(await page.getByRole('timer').textContent());

async function enter(browser: Browser, origin: string): Promise<{ page: Page; name: string }> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  await page.getByRole('button', { name: t.auth.guest }).click();
  await page.waitForURL(/\/lobby$/);
  const name = await page
    .getByRole('banner')
    .getByText(/^Guest-/)
    .first()
    .textContent();
  return { page, name: name ?? '' };
}

interface Case {
  readonly name: string;
  before?(one: Machine, two: Machine): void;
  /** In the fight. */
  midway?(one: Machine, two: Machine): Promise<void>;
  readonly route: string;
  readonly laterRoute?: string;
  readonly hasTurn?: boolean;
}

const CASES: readonly Case[] = [
  { name: 'open networks', route: 'direct' },
  { name: 'UDP blocked at one', before: (one) => void blockUdp(one), route: 'server' },
  {
    name: 'UDP blocked at both',
    before(one, two) {
      blockUdp(one);
      blockUdp(two);
    },
    route: 'server',
  },
  {
    name: 'UDP blocked at both, TURN over TCP',
    before(one, two) {
      blockUdp(one);
      blockUdp(two);
    },
    route: 'turn',
    hasTurn: true,
  },
  {
    name: 'the path is cut for 3 s in the fight',
    route: 'direct',
    async midway(one, two) {
      for (const machine of [one, two]) blockUdp(machine);
      await sleep(3_000);
      for (const machine of [one, two]) allowUdp(machine);
    },
    laterRoute: 'direct',
  },
  {
    name: 'UDP is blocked in the fight, and stays so',
    route: 'direct',
    midway: async (one) => void blockUdp(one),
    laterRoute: 'server',
  },
];

/** @returns what was seen, in a line */
async function run(proof: Case, machines: readonly [Machine, Machine]): Promise<string> {
  for (const machine of machines) allowUdp(machine);
  const turn = proof.hasTurn
    ? await startCoturn({
        more: [`--listening-ip=${HOST}`, `--relay-ip=${HOST}`, `--allowed-peer-ip=${HOST}`],
      })
    : undefined;
  const arcade = await ArcadeProcess.create({
    HOST: '0.0.0.0',
    ...(turn
      ? { TURN_URLS: `turn:${HOST}:${turn.address.port}?transport=tcp`, TURN_SECRET: turn.secret }
      : {}),
  });
  const origin = arcade.origin.replace('localhost', HOST);
  const browsers: Browser[] = [];
  try {
    await arcade.start();
    for (const { chromium: executablePath } of machines)
      browsers.push(
        await chromium.launch({
          executablePath,
          args: [
            // As with https: the keys of a match need it.
            `--unsafely-treat-insecure-origin-as-secure=${origin}`,
            '--disable-features=WebRtcHideLocalIpsWithMdns',
            '--no-sandbox',
          ],
        }),
      );
    const [one, two] = await Promise.all(browsers.map((browser) => enter(browser, origin)));
    if (!one || !two) throw new Error('two people are needed');
    proof.before?.(...machines);
    await one.page.getByRole('button', { name: t.lobby.challengeName.replace('{name}', two.name) }).click();
    await two.page.getByRole('button', { name: t.lobby.accept, exact: true }).click();
    const began = performance.now();
    for (const { page } of [one, two])
      await until(
        'the fight',
        () => stepOf(page).catch(() => null),
        (step) => step === 'fighting',
      );
    const tookMs = performance.now() - began;
    for (const { page } of [one, two])
      await until(
        'the way',
        () => routeOf(page),
        (route) => route === proof.route,
        5_000,
      );
    const predicted = await one.page.evaluate(() => localStorage.getItem('route-predictions'));
    const first = await secondsOf(one.page);
    await until(
      'the clock',
      () => secondsOf(one.page),
      (seconds) => seconds < first,
    );
    let stoodMs = 0;
    if (proof.midway) {
      const standing = watchStanding(one.page);
      await proof.midway(...machines);
      for (const { page } of [one, two])
        await until(
          'the way after',
          () => routeOf(page),
          (route) => route === proof.laterRoute,
          30_000,
        );
      await sleep(4_000);
      stoodMs = await standing.stop();
      for (const { page } of [one, two])
        await until(
          'the fight after',
          () => stepOf(page),
          (step) => step === 'fighting',
        );
      const seconds = await secondsOf(two.page);
      await until(
        'the clock after',
        () => secondsOf(two.page),
        (now) => now < seconds,
      );
    }
    const stood = proof.midway ? `, stood still for at most ${(stoodMs / 1000).toFixed(1)} s` : '';
    const found = proof.laterRoute ? `${proof.route} → ${proof.laterRoute}` : proof.route;
    return `${found}, ${(tookMs / 1000).toFixed(1)} s from the agreement to the fight${stood}; foreseen ${predicted}`;
  } finally {
    for (const browser of browsers) await browser.close();
    await arcade.dispose();
    await turn?.stop();
  }
}

/** The longest time that the fight's clock showed one second. */
function watchStanding(page: Page): { stop(): Promise<number> } {
  let isOver = false;
  const watching = (async () => {
    let [shown, sinceMs, longestMs] = [await secondsOf(page), performance.now(), 0];
    while (!isOver) {
      const now = await secondsOf(page);
      if (now !== shown) [shown, sinceMs] = [now, performance.now()];
      longestMs = Math.max(longestMs, performance.now() - sinceMs);
      await sleep(30);
    }
    // A second that is shown for a second is no standing still.
    return Math.max(0, longestMs - 1_000);
  })();
  return {
    stop() {
      isOver = true;
      return watching;
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'arcade-road-'));
let broken = 0;
ip('link', 'add', 'road', 'type', 'bridge');
try {
  ip('address', 'add', `${HOST}/24`, 'dev', 'road');
  ip('link', 'set', 'road', 'up');
  const machines = [plug(folder, 1), plug(folder, 2)] as const;
  for (const proof of CASES) {
    const said = await run(proof, machines).catch((error: unknown) => {
      broken += 1;
      return `BROKEN: ${String(error)}`;
    });
    console.log(`${proof.name}: ${said}`);
  }
} finally {
  for (const space of ['road1', 'road2'])
    try {
      ip('netns', 'del', space);
    } catch {
      // It was never there.
    }
  ip('link', 'del', 'road');
  rmSync(folder, { recursive: true, force: true });
}
console.log(broken === 0 ? 'Holds.' : `BROKEN: ${broken} cases.`);
process.exit(broken === 0 ? 0 : 1);
