import { expect, type Page, type Request } from '@playwright/test';
import { openSettled } from './support/page-quality';
import { pageOf } from './support/people';
import { test } from './support/test';
import { enterOrganiser, putUp } from './support/tournament';

/** What a page costs before it shows anything, and that what was paid once is kept. */

const STYLE_BYTES = 20_000;
const PAGES = [
  '/',
  '/login',
  '/watch',
  '/training',
  '/watch/e2e-weight?p1=1&p2=2',
  '/tournaments',
  '/tournaments/nothing',
  '/rooms',
];

/** Addresses of the style sheets that the document itself names: those a first paint waits for. */
async function blockingStyles(page: Page, path: string): Promise<string[]> {
  const html = await (await page.request.get(path)).text();
  return [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*>/g)].map(
    ([tag]) => /href="([^"]+)"/.exec(tag)?.[1] ?? '',
  );
}

/** Bytes of a file over the wire, as a client gets it that takes this encoding. */
async function bytesOf(page: Page, path: string, encoding: string): Promise<number> {
  const response = await page.request.head(path, { headers: { 'accept-encoding': encoding } });
  expect(response.headers()['content-encoding'], path).toBe(encoding);
  return Number(response.headers()['content-length']);
}

/** Asserts that a page waits for little, and loads no face of a script that it doesn't show. */
async function expectLight(page: Page, path: string): Promise<void> {
  const styles = await blockingStyles(page, path);
  expect(styles.length, path).toBeGreaterThan(0);
  let zipped = 0;
  for (const style of styles) zipped += await bytesOf(page, style, 'gzip');
  expect(zipped, path).toBeLessThan(STYLE_BYTES);

  const faces: string[] = [];
  const note = (request: Request) => {
    if (request.resourceType() === 'font') faces.push(request.url());
  };
  page.on('request', note);
  await openSettled(page, path);
  page.off('request', note);
  expect(faces.length, path).toBeGreaterThan(0);
  // The language switch says 한국어 on every page, in two files where the system has no Hangul.
  expect(
    faces.filter((face) => !/latin-\d+-normal|sans-kr-11[78]-600/.test(face)),
    path,
  ).toEqual([]);
  // Whatever the system has, the three syllables are there, and not as empty boxes.
  const label = page.getByRole('button', { name: '한국어로 보기' });
  const isThere = () =>
    label.evaluate((button) => {
      // The stand-ins are the system's own faces, and a system may lack them.
      const font = getComputedStyle(button).font.replace(/"(Text|Data|Poster) Stand-in( Linux)?",?/g, '');
      return document.fonts.check(font, '한국어');
    });
  await expect.poll(isThere, path).toBe(true);
}

for (const path of PAGES) {
  test(`${path} waits for less than 20 KB of styles, and loads no face of a script it doesn't show`, async ({
    page,
  }) => {
    await expectLight(page, path);
  });
}

test('so do a tournament, its queue and its form, and the wallet', async ({ browser, baseURL }) => {
  const organiser = await enterOrganiser(baseURL ?? '');
  const { tournamentId } = await putUp(organiser);
  const poster = `/tournaments/${tournamentId}`;
  for (const path of [poster, `${poster}/queue`, `${poster}/edit`, '/wallet']) {
    // A page of its own, so that nothing is in its cache.
    const page = await pageOf(browser, organiser);
    await expectLight(page, path);
    await page.context().close();
  }
});

test('a Korean page gets its faces after the first paint, and only those it shows', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'locale', value: 'ko', url: baseURL ?? '' }]);
  const page = await context.newPage();
  const faces = new Set<string>();
  page.on('request', (request) => {
    if (request.resourceType() === 'font') faces.add(request.url());
  });
  await page.goto('/login');
  await expect.poll(() => [...faces].some((face) => /sans-kr-1\d\d-/.test(face))).toBe(true);
  // Of 280.
  expect(faces.size).toBeLessThan(60);
  await context.close();
});

test('words between figures are legible in Korean, also where the system has no Hangul', async ({
  page,
  baseURL,
}) => {
  await page.context().addCookies([{ name: 'locale', value: 'ko', url: baseURL ?? '' }]);
  await page.goto('/login');
  // The faces come after the first paint.
  await expect
    .poll(() =>
      page.evaluate(
        () => [...document.fonts].filter(({ family }) => family.includes('Sans KR')).length > 100,
      ),
    )
    .toBe(true);
  const drawn = await page.evaluate(async () => {
    const figure = document.body.appendChild(document.createElement('p'));
    figure.className = 'figure';
    const { fontFamily } = getComputedStyle(figure);
    const font = `30px ${fontFamily}`;
    const pictures: string[] = [];
    for (const text of ['핑', '롤']) {
      // Fails where the system lacks the face of a stand-in; what is drawn tells the rest.
      await document.fonts.load(font, text).catch(() => []);
      const context = document.createElement('canvas').getContext('2d');
      if (!context) continue;
      context.font = font;
      context.fillText(text, 5, 40);
      pictures.push(context.canvas.toDataURL());
    }
    return pictures;
  });
  expect(drawn).toHaveLength(2);
  // Empty boxes are alike.
  expect(drawn[0]).not.toBe(drawn[1]);
});

test('HTTP-7: what has a hash in its name is kept for ever, and is smaller in brotli', async ({ page }) => {
  const [style = ''] = await blockingStyles(page, '/');
  const response = await page.request.head(style);
  expect(response.headers()['cache-control']).toBe('public,max-age=31536000,immutable');
  expect(await bytesOf(page, style, 'br')).toBeLessThan(await bytesOf(page, style, 'gzip'));
  const html = await page.request.get('/', { headers: { 'accept-encoding': 'br' } });
  expect(html.headers()['content-encoding']).toBe('br');
  expect(html.headers()['cache-control']).toContain('no-store');
});
