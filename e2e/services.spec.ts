import { expect } from '@playwright/test';
import { runAdmin } from './support/arcade-process';
import { registerByPage } from './support/people';
import { test } from './support/test';
import { words } from './support/words';

const t = words();

// The grant is a program of its own, which takes its time on a busy machine.
test.setTimeout(120_000);

test('an admin sees every service, takes the Rule Engine out of use and puts it back, with a reason', async ({
  page,
  request,
}) => {
  await runAdmin(['grant', await registerByPage(page)]);
  await expect(async () => {
    await page.goto('/admin/services');
    await expect(page.getByTestId('services-verdict')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByText(t.admin.services.of.database.name, { exact: true })).toBeVisible();
  await expect(page.getByTestId('service-gateway')).toContainText(t.admin.services.comesIn);

  const rules = page.getByTestId('service-rule-engine');
  const { takeOut, takeBack, whyMissing } = t.admin.services.switch;
  await rules.getByRole('button', { name: takeOut }).click();
  await rules.getByRole('button', { name: takeOut }).click();
  await expect(rules).toContainText(whyMissing);
  await rules.getByRole('textbox').fill('a drill');
  await rules.getByRole('button', { name: takeOut }).click();
  await expect(rules).toHaveAttribute('data-status', 'off');
  await expect(rules).toContainText(t.admin.services.of['rule-engine'].means);
  // The line at the top does not call well what nobody may call.
  const { name } = t.admin.services.of['rule-engine'];
  const verdict = page.getByTestId('services-verdict');
  await expect(verdict).toContainText(t.admin.services.outOfUse.replace('{names}', name));

  await rules.getByRole('button', { name: takeBack }).click();
  await rules.getByRole('textbox').fill('the drill is over');
  await rules.getByRole('button', { name: takeBack }).click();
  await expect(rules).toHaveAttribute('data-status', 'ok');
  await page.goto('/admin/audit');
  await expect(page.getByText('the drill is over')).toBeVisible();

  const health = await request.get('/state/health/proxy');
  expect(await health.json()).toEqual({
    status: 'success',
    data: { status: 'healthy', services: { rule_engine: 'connected', gm: 'connected' } },
    message: null,
  });
});
