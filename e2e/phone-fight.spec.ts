import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { challengeAndAccept, stepOf } from './support/fight';
import { enterPeople, leave, type Person, registerByPage } from './support/people';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { words } from './support/words';

const t = words();

const SUPER = 96;
const PHONES = [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
  { width: 844, height: 390 },
  { width: 640, height: 360 },
];

interface PhonePerson extends Person {
  /** Whether player 1 has sent this input so far. */
  hasSent(mask: number): boolean;
}

/** Somebody on a phone, whose binary messages to the server are read along. */
async function enterByPhone(browser: Browser): Promise<PhonePerson> {
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: PHONES[0] ?? null });
  const page = await context.newPage();
  const sent: Buffer[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => void (typeof payload !== 'string' && sent.push(payload))),
  );
  const name = await registerByPage(page, uniqueName('thumb'));
  const holds = (bytes: Buffer, mask: number) => {
    for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes.readUInt16LE(at) === mask) return true;
    return false;
  };
  return { context, page, name, hasSent: (mask) => sent.some((bytes) => holds(bytes, mask)) };
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('nothing is shown');
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

async function expectWithin(page: Page, locator: Locator, what: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const box = await boxOf(locator);
  expect(Math.min(box.left, box.top), what).toBeGreaterThanOrEqual(0);
  expect(box.right, what).toBeLessThanOrEqual(size.width);
  expect(box.bottom, what).toBeLessThanOrEqual(size.height);
}

test('on a phone every control and the way out can be reached, held either way; super is one button, a strange controller is taught', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const thumb = await enterByPhone(browser);
  const [other] = await enterPeople(browser, 'desk');
  if (!other) throw new Error('two people are needed');
  const { page } = thumb;
  await challengeAndAccept(thumb, other);
  await expect.poll(() => stepOf(page)).toBe('fighting');
  const controls = page.getByTestId('touch-controls');

  for (const size of PHONES) {
    const where = `${size.width}x${size.height}`;
    await page.setViewportSize(size);
    const pad = controls.locator('[data-steer]');
    for (const control of [pad, ...(await controls.getByRole('button').all())])
      await expectWithin(page, control, where);
    const stage = await boxOf(page.locator('.stage-frame'));
    const isUpright = size.height > size.width;
    // Upright the stage is no higher than a fight needs, and no thumb lies on it.
    expect(stage.bottom, where).toBeLessThanOrEqual(isUpright ? (await boxOf(pad)).top : size.height);
    expect(stage.right, where).toBe(size.width);
    await page.getByRole('button', { name: t.play.menu.open }).tap();
    await expectWithin(page, page.getByRole('button', { name: t.play.menu.leave }), where);
    await page.getByRole('button', { name: t.play.menu.resume }).tap();
    await expect(page.getByRole('dialog')).toBeHidden();
  }

  expect(thumb.hasSent(SUPER)).toBe(false);
  const button = await boxOf(controls.getByRole('button', { name: t.play.buttons.super }));
  const finger = { x: (button.left + button.right) / 2, y: (button.top + button.bottom) / 2 };
  const cdp = await thumb.context.newCDPSession(page);
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
  await expect.poll(() => thumb.hasSent(SUPER)).toBe(true);
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });

  // A controller that nobody understands says so, and is taught by pressing.
  // It has buttons alone; the page's border to devices is what is replaced.
  const press = (...down: number[]) =>
    page.evaluate((pressed) => {
      const buttons = Array.from({ length: 10 }, (_, at) => ({ pressed: pressed.includes(at), value: 0 }));
      const pad = { id: 'Leverless (Vendor: 1234 Product: abcd)', index: 0, connected: true, mapping: '' };
      const pads = [{ ...pad, axes: [], buttons }];
      Object.defineProperty(navigator, 'getGamepads', { value: () => pads, configurable: true });
      dispatchEvent(new Event('gamepadconnected'));
    }, down);
  await press();
  await expect(page.getByText(t.play.pads.news.unknown.replace('{name}', 'Leverless'))).toBeVisible();
  await page.getByRole('button', { name: t.play.menu.open }).tap();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(t.play.pads.layout.unknown)).toBeVisible();
  await dialog.getByRole('button', { name: t.play.pads.teachName.replace('{name}', 'Leverless') }).click();
  // INPUT-5: what teaches the controller is no input of the fight.
  await expect(page.locator('[role="dialog"]:focus, [role="dialog"] :focus')).toHaveCount(1);
  for (const [button, control] of (
    ['up', 'down', 'left', 'right', 'light', 'heavy', 'special'] as const
  ).entries()) {
    await expect(dialog.getByRole('status')).toHaveText(t.play.pads.press[control]);
    await press(button);
    await expect(dialog.getByRole('status')).not.toHaveText(t.play.pads.press[control]);
    await press();
  }
  await dialog.getByRole('button', { name: t.play.pads.skip }).click();
  await expect(dialog.getByText(t.play.pads.layout.learned)).toBeVisible();
  await leave([thumb, other]);
});
