import { expect, it } from 'vitest';
import { createAllowance } from './allowance';

it('ARCADE-11: a player who tells fights faster than they can be fought is refused, and nobody else is', async () => {
  const allowance = createAllowance();
  for (let told = 0; told < 30; told += 1) await allowance.take('ada', 'report');
  await expect(allowance.take('ada', 'report')).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    detail: { retryAfterSeconds: expect.any(Number) },
  });
  await allowance.take('bo', 'report');
  await allowance.take('ada', 'step');
});
