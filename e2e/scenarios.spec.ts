import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { runAdmin } from './support/arcade-process';
import { enterAsGuest, registerByPage } from './support/people';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';
import { words } from './support/words';

const t = words();

// The grant is a program of its own, which takes its time on a busy machine.
test.setTimeout(120_000);

async function enterDesigner(page: Page): Promise<void> {
  await runAdmin(['grant', await registerByPage(page)]);
  await expect(async () => {
    await page.goto('/scenarios');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.scenarios.title, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

const titleField = (page: Page) => page.getByLabel(t.scenarios.titleField, { exact: true });
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'is saved' });

test('the editor is for designers: a player finds no such page', async ({ page }) => {
  await registerByPage(page);
  await page.goto('/scenarios');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.notFound.title);
});

test('a situation made in the form is stood in by a guest who has its link', async ({ page, browser }) => {
  await enterDesigner(page);
  await page.getByRole('link', { name: t.scenarios.new.situation }).click();
  // Nothing is called wrong before anything was written.
  await expect(titleField(page)).toBeVisible();
  await expect(page.getByTestId('issues')).toHaveCount(0);
  const words = t.scenarios.situation;
  const [mine, dummy] = [words.player1, words.player2].map((name) => page.getByRole('group', { name }));
  await titleField(page).fill(uniqueName('corner'));
  await page.getByLabel(words.timer).fill('42');
  await mine?.getByLabel(words.health).fill('35');
  await dummy?.getByLabel(words.health).fill('60');

  // By the keyboard on the picture as well as by numbers.
  const figure = page.getByRole('slider', { name: words.player1 });
  await figure.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(mine?.getByLabel(words.x) ?? figure).toHaveValue('-120');

  // Nothing typed is lost by a reload.
  await page.reload();
  await expect(page.getByLabel(words.timer)).toHaveValue('42');
  await expect(page.getByRole('status').filter({ hasText: t.scenarios.draftRestored })).toBeVisible();
  await page.getByRole('button', { name: t.scenarios.save }).click();
  await expect(page).toHaveURL(/\/scenarios\/[0-9a-f-]{36}$/);
  await expect(saved(page)).toBeVisible();
  const href = await page.getByRole('link', { name: t.scenarios.practise }).getAttribute('href');

  const guest = await browser.newContext();
  const other = await guest.newPage();
  await enterAsGuest(other);
  await other.goto(href ?? '');
  const health = (name: string) =>
    other.getByRole('meter', { name: t.hud.health.replace('{name}', name), exact: true });
  await expect(health(t.practice.dummy)).toHaveAttribute('value', '60');
  await expect(health(t.hud.p1)).toHaveAttribute('value', '35');
  await expect(other.getByRole('timer')).toHaveText('42');
  await guest.close();
});

test('a knock-out in a situation is seen, and practice begins from the situation again', async ({ page }) => {
  await enterDesigner(page);
  const input = page.getByLabel(t.scenarios.import, { exact: true }).and(page.locator('input'));
  const scenario = {
    title: uniqueName('last'),
    metadata: {
      situation: {
        characters: [1, 2],
        player1: { position_x: -40, health: 35 },
        player2: { position_x: 10, health: 1 },
      },
    },
  };
  const buffer = Buffer.from(JSON.stringify(scenario));
  await input.setInputFiles({ name: 'last.json', mimeType: 'application/json', buffer });
  await page.getByRole('button', { name: t.scenarios.save }).click();
  await expect(saved(page)).toBeVisible();
  await page.getByRole('link', { name: t.scenarios.practise }).click();
  const health = (name: string) =>
    page.getByRole('meter', { name: t.hud.health.replace('{name}', name), exact: true });
  await expect(health(t.practice.dummy)).toHaveAttribute('value', '1');
  // Held, so that no busy machine lets it grow too old for the first frame.
  await page.keyboard.down('KeyJ');
  await expect(health(t.practice.dummy)).toHaveAttribute('value', '0');
  await page.keyboard.up('KeyJ');
  await expect(health(t.practice.dummy)).toHaveAttribute('value', '1');
  await expect(health(t.hud.p1)).toHaveAttribute('value', '35');
});

test('a file with faults says where they are, and goes to them', async ({ page }) => {
  await enterDesigner(page);
  const input = page.getByLabel(t.scenarios.import, { exact: true }).and(page.locator('input'));
  const file = (text: string) => ({
    name: 'bad.scenario.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await input.setInputFiles(file('{ "title": '));
  await expect(page.getByRole('alert').filter({ hasText: 'bad.scenario.json' })).toBeVisible();
  await input.setInputFiles(file('x'.repeat(300 * 1024)));
  await expect(page.getByRole('alert').filter({ hasText: '240 KB' })).toBeVisible();

  const broken = {
    title: uniqueName('broken'),
    acts: [{ id: 'a', name: 'Act', sequences: ['s'] }],
    sequences: [{ id: 's', name: '' }],
  };
  await input.setInputFiles(file(JSON.stringify(broken)));
  const issues = page.getByTestId('issues');
  await issues.getByRole('button', { name: 'sequences[0].name' }).click();
  const name = page.getByLabel(t.scenarios.acts.sequenceName, { exact: true });
  await expect(name).toBeFocused();
  await page.getByRole('button', { name: t.scenarios.save }).click();
  await expect(issues).toContainText('sequences[0].name');
  await expect(page).toHaveURL(/\/import$/);
  await name.fill('Quay');
  await expect(issues).toHaveCount(0);
});

test('SCN-4: what is typed while a save is on its way is neither lost nor judged by the answer', async ({
  page,
}) => {
  await enterDesigner(page);
  await page.getByRole('link', { name: t.scenarios.new.ladder }).click();
  const words = page.getByLabel(t.scenarios.description, { exact: true });
  const title = uniqueName('slow');
  // Answers come when they are let go.
  let letGo = () => {};
  await page.route('**/api/trpc/scenario.inject*', async (route) => {
    const answer = await route.fetch();
    await new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await route.fulfill({ response: answer });
  });
  const save = page.getByRole('button', { name: t.scenarios.save });
  const answered = async (work: () => Promise<void>) => {
    const asked = page.waitForRequest('**/api/trpc/scenario.inject*');
    await save.click();
    await asked;
    await work();
    await expect(async () => {
      letGo();
      await expect(save).not.toHaveAttribute('aria-busy', 'true', { timeout: 500 });
    }).toPass();
  };
  await titleField(page).fill(title);
  await titleField(page).fill('');
  await expect(page.getByTestId('issues')).toBeVisible();
  await answered(() => titleField(page).fill(title));
  await expect(page.getByTestId('issues')).toHaveCount(0);
  await answered(() => words.fill('typed meanwhile'));
  await expect(page).toHaveURL(/\/scenarios\/[0-9a-f-]{36}$/);
  await expect(words).toHaveValue('typed meanwhile');
  await answered(async () => {});
  // What goes back goes back to what was saved, not to what the page began with.
  await words.fill('a slip');
  await page.getByRole('button', { name: t.scenarios.discard, exact: true }).click();
  await expect(words).toHaveValue('typed meanwhile');
  await page.reload();
  await expect(words).toHaveValue('typed meanwhile');
  await expect(page.getByRole('status').filter({ hasText: t.scenarios.draftRestored })).toHaveCount(0);
  // Nothing of it is left where new ladders begin.
  await page.goto('/scenarios/new-ladder');
  await expect(titleField(page)).not.toHaveValue(title);
});

test('SCN-4: what is exported and imported again is equal', async ({ page }) => {
  await enterDesigner(page);
  await page.getByRole('link', { name: t.scenarios.new.ladder }).click();
  const title = uniqueName('ladder');
  await titleField(page).fill(title);
  await page.getByRole('button', { name: t.scenarios.save }).click();
  await expect(saved(page)).toBeVisible();
  const exportIt = async () => {
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: t.scenarios.export, exact: true }).click();
    const download = await arriving;
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const first = await exportIt();
  expect(first.name).toBe(`${title}.scenario.json`);

  await page.getByRole('link', { name: t.scenarios.toList }).click();
  const input = page.getByLabel(t.scenarios.import, { exact: true }).and(page.locator('input'));
  await input.setInputFiles({ ...first, mimeType: 'application/json', buffer: Buffer.from(first.text) });
  await expect(titleField(page)).toHaveValue(title);
  expect((await exportIt()).text).toBe(first.text);
});

test('the preview shows a step as it is in a run of which this is so', async ({ page }) => {
  await enterDesigner(page);
  const input = page.getByLabel(t.scenarios.import, { exact: true }).and(page.locator('input'));
  await input.setInputFiles('server/ladders/garam.json');
  const preview = page.getByTestId('preview').filter({ visible: true });
  const show = async (sequence: string) => {
    const place = page.getByTestId(`sequence-${sequence}`);
    await place.locator('summary').first().click();
    await place.getByRole('button', { name: t.scenarios.acts.preview, exact: true }).click();
  };
  const words = t.scenarios.preview;
  await show('a2-s6-teahouse');
  await expect(preview.getByText('Lay the sealed letter')).toHaveCount(0);
  await preview.getByLabel('letter-sealed').check();
  await expect(preview.getByText('Lay the sealed letter')).toBeVisible();
  // A fight is against whom, and how hard, its first variant that holds says.
  await show('a3-s5-bawi');
  const level = (value: number) =>
    preview.getByText(words.fight.split('{name}')[0] ?? '').and(preview.getByText(String(value)));
  await preview.getByLabel(words.affinity.replace('{name}', 'Bawi')).fill('50');
  await expect(level(72)).toBeVisible();
  await preview.getByLabel(words.affinity.replace('{name}', 'Bawi')).fill('60');
  await expect(level(69)).toBeVisible();
});
