import { describe, expect, it } from 'vitest';
import { AuthLimits } from './rate-limits';

const limited = { code: 'RATE_LIMITED' };

async function failTimes(limits: AuthLimits, times: number, account: string, address: string) {
  for (let i = 0; i < times; i++) await limits.countFailedLogin(account, address);
}

describe('log-in limits', () => {
  it('stop one account at one address after ten failures, and say how long to wait', async () => {
    const limits = new AuthLimits();
    await failTimes(limits, 9, 'ann', '10.0.0.1');
    await expect(limits.requireLoginAllowed('ann', '10.0.0.1')).resolves.toBeUndefined();
    await failTimes(limits, 1, 'ann', '10.0.0.1');
    await expect(limits.requireLoginAllowed('ann', '10.0.0.1')).rejects.toMatchObject({
      ...limited,
      detail: { retryAfterSeconds: expect.any(Number) },
    });
    await expect(limits.requireLoginAllowed('bob', '10.0.0.1')).resolves.toBeUndefined();
    await expect(limits.requireLoginAllowed('ann', '10.0.0.2')).resolves.toBeUndefined();
  });

  it('stop an account that many addresses guess at', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 60; i++) await limits.countFailedLogin('ann', `10.0.1.${i}`);
    await expect(limits.requireLoginAllowed('ann', '10.9.9.9')).rejects.toMatchObject(limited);
  });

  it('stop an address that tries many accounts', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 100; i++) await limits.countFailedLogin(`name${i}`, '10.0.0.1');
    await expect(limits.requireLoginAllowed('fresh', '10.0.0.1')).rejects.toMatchObject(limited);
  });

  it('forget an account’s failures once its password was right', async () => {
    const limits = new AuthLimits();
    await failTimes(limits, 9, 'ann', '10.0.0.1');
    await limits.forgiveLogin('ann', '10.0.0.1');
    await failTimes(limits, 9, 'ann', '10.0.0.1');
    await expect(limits.requireLoginAllowed('ann', '10.0.0.1')).resolves.toBeUndefined();
  });

  it('allow at least 60 registrations a minute from one address, and not without end', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 60; i++) await limits.countRegistration('10.0.0.1');
    const flood = Promise.all(Array.from({ length: 300 }, () => limits.countRegistration('10.0.0.1')));
    await expect(flood).rejects.toMatchObject(limited);
  });
});
