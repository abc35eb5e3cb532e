import { type CDPSession, expect } from '@playwright/test';
import { seededFraction } from '../engine/rollback/testing/random';
import { type DeviceBench, mask, openDeviceBench, seen } from './support/device-bench';
import { test } from './support/test';

/** The devices of a fight with a browser's own events; what they mean is in docs/CONTRACT.md, INPUT. */

const [LEFT, RIGHT, LIGHT, SUPER] = [4, 8, 16, 96];

test.describe('the keyboard', () => {
  test.beforeEach(({ page, baseURL }) => openDeviceBench(page, baseURL ?? ''));

  test('INPUT-1: a tap counts, a held key until it comes up', async ({ page }) => {
    await mask(page);
    await page.keyboard.press('KeyJ');
    // One frame has the tap, whether it was before or after the key came up; the next has not.
    await mask(page);
    expect(await mask(page)).toBe(0);
    expect(await seen(page)).toEqual([0, LIGHT, 0]);
    await page.keyboard.down('KeyD');
    expect(await mask(page)).toBe(RIGHT);
    expect(await mask(page)).toBe(RIGHT);
    await page.keyboard.up('KeyD');
    expect(await mask(page)).toBe(0);
  });

  test("INPUT-4: a key whose keyup the system keeps is up with Meta's, and under a menu of the browser's", async ({
    page,
  }) => {
    await page.keyboard.down('KeyD');
    await page.keyboard.down('Meta');
    await page.keyboard.up('Meta');
    expect(await mask(page)).toBe(0);
    await page.keyboard.down('KeyA');
    expect(await mask(page)).toBe(LEFT);
    await page.mouse.click(300, 50, { button: 'right' });
    expect(await mask(page)).toBe(0);
  });

  test('INPUT-5: a key held while a dialog has the focus counts from its first repeat after it', async ({
    page,
  }) => {
    const setOpen = (open: boolean) =>
      page.locator('#menu').evaluate((menu: HTMLElement, isOpen) => {
        menu.hidden = !isOpen;
        if (isOpen) menu.querySelector('button')?.focus();
      }, open);
    await setOpen(true);
    await page.keyboard.down('KeyD');
    expect(await mask(page)).toBe(0);
    await setOpen(false);
    expect(await mask(page)).toBe(0);
    // Pressed again without coming up: what an operating system's repeat is.
    await page.keyboard.down('KeyD');
    expect(await mask(page)).toBe(RIGHT);
    await page.keyboard.up('KeyD');
    expect(await mask(page)).toBe(0);
  });
});

test('INPUT-6: a pad tap between two frames counts, and a pad that comes and goes is told', async ({
  page,
  baseURL,
}) => {
  await openDeviceBench(page, baseURL ?? '');
  const told = await page.evaluate(async (): Promise<unknown> => {
    const { devices, seen: frames } = window as unknown as DeviceBench;
    const pad = (down: boolean) => ({
      ...{ id: 'Stick', index: 0, connected: true, mapping: '', axes: [0, 0] },
      buttons: Array.from({ length: 8 }, (_, at) => ({ pressed: down && at === 0, value: 0 })),
    });
    const plug = (...pads: unknown[]) =>
      Object.defineProperty(navigator, 'getGamepads', { value: () => pads, configurable: true });
    const looks = () => new Promise((resolve) => setTimeout(resolve, 6));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    plug(pad(false));
    dispatchEvent(new Event('gamepadconnected'));
    const connected = devices.pads.connected.get();
    await frame();
    const from = frames.length;
    plug(pad(true));
    await looks();
    plug(pad(false));
    await frame();
    await frame();
    plug(pad(true));
    await frame();
    await frame();
    plug();
    dispatchEvent(new Event('gamepaddisconnected'));
    await frame();
    await frame();
    const inputs = frames.slice(from).filter((input, at, all) => input !== all[at - 1]);
    return { connected, inputs, left: devices.pads.connected.get() };
  });
  expect(told).toEqual({
    connected: [{ index: 0, id: 'Stick', layout: 'usual' }],
    inputs: [LIGHT, 0, LIGHT, 0],
    left: [],
  });
});

test.describe('fingers', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 600 } });
  test.beforeEach(({ page, baseURL }) => openDeviceBench(page, baseURL ?? ''));

  type Point = { x: number; y: number; id: number };
  const pad = (dx: number, id = 1): Point => ({ x: 90 + dx, y: 500, id });
  const light = (id = 2): Point => ({ x: 250, y: 500, id });
  const all = (id = 3): Point => ({ x: 330, y: 500, id });
  const touch = (cdp: CDPSession, type: 'Start' | 'Move' | 'End' | 'Cancel', touchPoints: Point[]) =>
    cdp.send('Input.dispatchTouchEvent', { type: `touch${type}`, touchPoints });

  test('INPUT-7: each presses by itself, slides, leaves and is cancelled', async ({ page }) => {
    const cdp = await page.context().newCDPSession(page);
    await touch(cdp, 'Start', [pad(60)]);
    await touch(cdp, 'Start', [pad(60), light()]);
    expect(await mask(page)).toBe(RIGHT | LIGHT);
    await touch(cdp, 'Move', [pad(-60), { ...all(), id: 2 }]);
    expect(await mask(page)).toBe(LEFT | SUPER);
    await expect(page.locator('[data-pressed]')).toHaveText(['Super']);
    // Off every button, and the thumb far off the pad.
    await touch(cdp, 'Move', [pad(190), { x: 330, y: 300, id: 2 }]);
    expect(await mask(page)).toBe(RIGHT);
    await touch(cdp, 'Cancel', []);
    expect(await mask(page)).toBe(0);
    await expect(page.locator('[data-pressed]')).toHaveCount(0);
  });

  test('INPUT-7: nothing is selected, scrolled or zoomed by playing', async ({ page }) => {
    const cdp = await page.context().newCDPSession(page);
    for (let tap = 0; tap < 4; tap += 1) {
      await touch(cdp, 'Start', [light()]);
      await touch(cdp, 'Move', [{ ...light(), y: 440 }]);
      await touch(cdp, 'End', []);
    }
    await touch(cdp, 'Start', [pad(50), light()]);
    await touch(cdp, 'Move', [pad(-60), { x: 250, y: 250, id: 2 }]);
    await touch(cdp, 'End', []);
    const after = await page.evaluate(() => [scrollY, visualViewport?.scale, `${getSelection()}`]);
    expect(after).toEqual([0, 1, '']);
  });

  test('INPUT-7: whatever many fingers did, when all are up the input is 0', async ({ page }) => {
    const seed = 20261126;
    const random = seededFraction(seed);
    const cdp = await page.context().newCDPSession(page);
    const anywhere = (id: number): Point => ({ x: random() * 390, y: 400 + random() * 200, id });
    let heard = 0;
    let down: Point[] = [];
    for (let step = 0; step < 150; step += 1) {
      const dice = random();
      if (dice < 0.35 && down.length < 4) {
        const id = [1, 2, 3, 4].find((free) => down.every((point) => point.id !== free)) ?? 1;
        down = [...down, anywhere(id)];
        await touch(cdp, 'Start', down);
      } else if (dice < 0.75 && down.length > 0) {
        down = down.map(({ id }) => anywhere(id));
        await touch(cdp, 'Move', down);
      } else if (dice < 0.95 && down.length > 0) {
        // The first finger comes up: the others stay where they are.
        down = down.slice(1);
        await touch(cdp, down.length > 0 ? 'Move' : 'End', down);
      } else if (down.length > 0) {
        down = [];
        await touch(cdp, 'Cancel', []);
      }
      heard |= await mask(page);
    }
    if (down.length > 0) await touch(cdp, 'End', []);
    expect(await mask(page), `seed ${seed}`).toBe(0);
    expect(heard & SUPER).toBe(SUPER);
  });
});
