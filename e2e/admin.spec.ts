import { expect } from '@playwright/test';
import { runAdmin } from './support/arcade-process';
import { registerByPage } from './support/people';
import { challenge, enterFighter } from './support/script-fight';
import { test } from './support/test';
import { words } from './support/words';

const t = words();

// Each grant is a program of its own, which takes its time on a busy machine.
test.setTimeout(120_000);

test('a player sees no admin pages until the operator grants it, and no more after it is revoked', async ({
  page,
}) => {
  const name = await registerByPage(page);
  const link = page.getByRole('navigation').getByRole('link', { name: t.nav.admin }).first();
  await expect(link).toHaveCount(0);
  await page.goto('/admin/sessions');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.notFound.title);

  expect(await runAdmin(['grant', name.toUpperCase()])).toContain(name);
  expect(await runAdmin(['list'])).toContain(name);
  await expect(async () => {
    await page.goto('/admin/sessions');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.admin.sessions, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await expect(link).toBeVisible();

  await runAdmin(['revoke', name]);
  await expect(async () => {
    await page.goto('/admin/sessions');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.notFound.title, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});

test('an admin finds a session by filter and reads its TRACE, states and times', async ({
  page,
  baseURL,
}) => {
  const origin = baseURL ?? '';
  const [first, second] = await Promise.all([enterFighter(origin, 'ann'), enterFighter(origin, 'bob')]);
  const sessionId = await challenge(first, second);
  const answer = { declinerId: second.client.playerId, requesterId: first.client.playerId, sessionId };
  expect(await second.socket.send('decline_match', answer)).toMatchObject({ ok: true });
  for (const { socket } of [first, second]) socket.close();

  await runAdmin(['grant', await registerByPage(page)]);
  await expect(async () => {
    await page.goto('/admin/sessions');
    await expect(page.getByRole('table')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });

  const row = page.getByRole('row').filter({ hasText: first.client.playerName });
  await page.getByLabel(t.admin.player).fill(second.client.playerName.toUpperCase());
  await page.getByLabel(t.admin.status).selectOption({ label: t.admin.statuses.failed });
  await page.getByRole('button', { name: t.admin.filter }).click();
  await expect(page.getByText(t.admin.noSessions)).toBeVisible();
  await page.getByLabel(t.admin.status).selectOption({ label: t.admin.statuses.declined });
  await page.getByRole('button', { name: t.admin.filter }).click();
  await expect(row).toHaveCount(1);
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(row).toContainText(t.admin.statuses.declined);

  await row.getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/admin/sessions/${sessionId}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(first.client.playerName);
  const trace = page.getByRole('list').filter({ hasText: t.admin.statuses.requested });
  await expect(trace.getByRole('listitem').first()).toContainText(t.admin.statuses.requested);
  await expect(trace.getByRole('listitem').last()).toContainText(t.admin.statuses.declined);
  await expect(trace.getByRole('listitem').last()).toContainText(second.client.playerName);
  await expect(page.getByText(t.admin.noVerdict)).toBeVisible();
});

test('the front page of admins counts the arcade and shows whose line does how', async ({
  page,
  baseURL,
}) => {
  const fighter = await enterFighter(baseURL ?? '', 'lin');
  await runAdmin(['grant', await registerByPage(page)]);
  await expect(async () => {
    await page.goto('/admin');
    await expect(page.getByText(t.admin.players)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });
  for (const status of Object.values(t.admin.statuses))
    await expect(page.getByRole('main').getByRole('link').filter({ hasText: status })).toBeVisible();
  const lines = page.getByTestId('line-table').getByRole('row');
  await expect(lines.filter({ hasText: fighter.client.playerName })).toBeVisible();
  fighter.socket.close();
});
