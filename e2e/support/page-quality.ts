import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Asserts that axe finds nothing, by WCAG 2.2 A and AA and its own best practices. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  );
  expect(found, `axe on ${where}`).toEqual([]);
  expect(passes.length, `axe looked at ${where}`).toBeGreaterThan(5);
}

/** Counts layout shifts of the page from its first paint on; call before `goto`. */
export async function watchLayoutShift(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = { total: 0 };
    Object.assign(window, { layoutShift: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry && 'hadRecentInput' in entry && !entry.hadRecentInput)
          seen.total += Number(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(() => {
      const { layoutShift } = window as unknown as { layoutShift: { total: number } };
      return layoutShift.total;
    });
}

/**
 * Presses Tab through the page.
 * @returns what can be used with a mouse but was not reached, and what was reached without showing it.
 */
export async function walkByKeyboard(
  page: Page,
): Promise<{ unreached: string[]; unmarked: string[]; stops: number }> {
  const expected = await page.evaluate(() => {
    const usable = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]'),
    ]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches(':disabled, [tabindex="-1"], [type="hidden"]'))
      // Arrow keys move within a group of radio buttons; Tab stops once.
      .filter(
        (element) => !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked),
      );
    usable.forEach((element, index) => {
      element.dataset.walk = `${index} ${element.tagName} ${element.textContent?.trim().slice(0, 30) || element.getAttribute('aria-label') || element.getAttribute('name')}`;
    });
    return usable.map((element) => element.dataset.walk ?? '');
  });
  const reached = new Set<string>();
  const marked = new Set<string>();
  // A date field takes several presses: day, month, year, calendar.
  for (let press = 0; press < expected.length * 3 + 20 && reached.size < expected.length; press++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || !element.dataset.walk) return null;
      // A hidden input shows its focus on what stands for it, beside it.
      const shown = element.matches('.sr-only') ? (element.nextElementSibling ?? element) : element;
      const style = getComputedStyle(shown);
      const isMarked = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      return { name: element.dataset.walk, isMarked };
    });
    if (!at) continue;
    reached.add(at.name);
    // The calendar inside a date field marks itself, not the field; the field did before.
    if (at.isMarked) marked.add(at.name);
  }
  return {
    unreached: expected.filter((name) => !reached.has(name)),
    unmarked: [...reached].filter((name) => !marked.has(name)),
    stops: reached.size,
  };
}

/** Bytes of JavaScript that came over the wire, compressed as they came; call before `goto`. */
export async function countScriptBytes(page: Page): Promise<() => number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Set<string>();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  return () => bytes;
}

/** A page whose first words are there may still be filling a list. */
const SETTLED = { timeout: 20_000 };

/** Nothing on the page is still on its way. */
export async function openSettled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 }).first(), path).toBeAttached(SETTLED);
  // What is on its way stands there as a labelled skeleton.
  await expect(page.locator('[role="status"][aria-label], [aria-busy="true"]'), path).toHaveCount(0, SETTLED);
}
