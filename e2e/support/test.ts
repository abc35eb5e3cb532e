import { type BrowserContext, test as base, expect, type WebError } from '@playwright/test';

/**
 * Playwright's `test`, and one rule more: a page in which an error is thrown that nobody catches fails the
 * test, whatever it was looking at. A part of a page that died on the way there is otherwise seen by nobody.
 */
export const test = base.extend<{ uncaughtErrors: string[] }>({
  uncaughtErrors: [
    async ({ browser }, use) => {
      const errors: string[] = [];
      const onError = (error: WebError) => {
        const thrown = error.error();
        errors.push(thrown.stack ?? String(thrown));
      };
      const onContext = (context: BrowserContext) => context.on('weberror', onError);
      browser.on('context', onContext);
      await use(errors);
      browser.off('context', onContext);
      expect(errors, 'errors that no page caught').toEqual([]);
    },
    { auto: true },
  ],
});
