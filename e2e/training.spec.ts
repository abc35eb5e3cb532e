import { expect, type Locator, type Page } from '@playwright/test';
import { registerByPage } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

/** A training before a reader's eyes: the numbers change, and the curves are there to be seen. */

const t = words();

/** How many different colours a chart has painted: a blank one has one, an axis, a grid and a curve many. */
function coloursIn(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) return 0;
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', {
      willReadFrequently: true,
    });
    copy?.drawImage(canvas, 0, 0);
    const pixels = copy?.getImageData(0, 0, canvas.width, canvas.height).data.buffer;
    return new Set(pixels ? new Uint32Array(pixels) : []).size;
  });
}

function pictureOf(chart: Locator): Promise<string> {
  return chart
    .locator('canvas')
    .evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));
}

async function latestStep(chart: Locator): Promise<number> {
  const [, step = '0'] = /at step ([\d,]+)/.exec((await chart.textContent()) ?? '') ?? [];
  return Number(step.replace(/,/g, ''));
}

async function startTraining(page: Page): Promise<void> {
  await registerByPage(page);
  await page.goto('/training');
  await page.getByRole('button', { name: t.training.start }).click();
  await expect(page).toHaveURL(/\/training\/.+/);
}

test('a training that runs is drawn: each chart has its axes and a curve that grows', async ({ page }) => {
  await startTraining(page);
  const charts = page.getByRole('figure');
  await expect(charts).toHaveCount(5);
  const reward = charts.first();
  await expect.poll(() => latestStep(reward), { timeout: 30_000 }).toBeGreaterThan(0);
  for (const chart of await charts.all()) await expect.poll(() => coloursIn(chart)).toBeGreaterThan(8);

  const [early, at] = [await pictureOf(reward), await latestStep(reward)];
  await expect.poll(() => latestStep(reward), { timeout: 30_000 }).toBeGreaterThan(at * 1.5);
  expect(await pictureOf(reward), 'the curve has grown').not.toBe(early);

  // A dragged selection looks closer at a part that is over: it stands still until a double click shows all.
  const box = await reward.locator('canvas').boundingBox();
  if (!box) throw new Error('the chart has no place on the page');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
  await page.mouse.up();
  const [near, nearAt] = [await pictureOf(reward), await latestStep(reward)];
  await expect.poll(() => latestStep(reward), { timeout: 30_000 }).toBeGreaterThan(nearAt);
  await page.mouse.move(0, 0);
  expect(await pictureOf(reward), 'what is looked at closely stands still').toBe(near);
  await page.mouse.dblclick(box.x + box.width * 0.5, y);
  await expect.poll(() => pictureOf(reward)).not.toBe(near);

  await page.getByRole('button', { name: t.training.stop, exact: true }).click();
  await expect(page.getByRole('button', { name: t.training.stop, exact: true })).toHaveCount(0);
});
