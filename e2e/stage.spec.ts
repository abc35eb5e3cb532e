import { expect } from '@playwright/test';
import { test } from './support/test';

/** What the page draws over the stage, where colours are the system's and where nothing is seen. */

test('with forced colours bars are filled, names are read and what is shouted is heard', async ({
  browser,
}) => {
  const context = await browser.newContext({ forcedColors: 'active' });
  try {
    const page = await context.newPage();
    await page.goto('/watch/e2e-forced-colours?p1=1&p2=2');
    await expect(page.getByRole('timer')).toHaveCount(1);
    await expect(page.locator('.hud [aria-live]')).toHaveText(/\S/);
    const colours = await page.locator('.hud').evaluate((hud) => {
      const of = (selector: string, property: string): string => {
        const element = hud.querySelector(selector);
        return element === null ? 'missing' : getComputedStyle(element).getPropertyValue(property);
      };
      return {
        fill: of('.hud-bar-fill', 'background-color'),
        well: of('.hud-bar-well', 'background-color'),
        gauge: of('.hud-gauge-fill', 'background-color'),
        name: of('.hud-name', 'color'),
        behind: of('.hud-name', 'background-color'),
        stroke: of('.hud-name', '-webkit-text-stroke-width'),
      };
    });
    expect(colours.fill).not.toBe(colours.well);
    expect(colours.gauge).not.toBe(colours.well);
    expect(colours.name).not.toBe(colours.behind);
    expect(colours.stroke).toBe('0px');
  } finally {
    await context.close();
  }
});
