import { describe, expect, it } from 'vitest';
import { AuthLimits } from './rate-limits';

const limited = {
  code: 'RATE_LIMITED',
  detail: { field: 'account', reason: 'too_many_failures', retryAfterSeconds: expect.any(Number) },
};

const at = (account: string, address: string, device?: string) => ({ account, address, device });

async function failTimes(limits: AuthLimits, times: number, attempt: ReturnType<typeof at>) {
  for (let i = 0; i < times; i++) await limits.countFailedLogin(attempt);
}

describe('log-in limits', () => {
  it('stop one account at one address after ten failures, and say how long to wait', async () => {
    const limits = new AuthLimits();
    await failTimes(limits, 9, at('ann', '10.0.0.1'));
    await expect(limits.requireLoginAllowed(at('ann', '10.0.0.1'))).resolves.toBeUndefined();
    await failTimes(limits, 1, at('ann', '10.0.0.1'));
    await expect(limits.requireLoginAllowed(at('ann', '10.0.0.1'))).rejects.toMatchObject(limited);
    await expect(limits.requireLoginAllowed(at('bob', '10.0.0.1'))).resolves.toBeUndefined();
    await expect(limits.requireLoginAllowed(at('ann', '10.0.0.2'))).resolves.toBeUndefined();
  });

  it('AUTH-10: leave three failures to each address while many guess at an account', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 59; i++) await limits.countFailedLogin(at('ann', `10.0.1.${i}`));
    await failTimes(limits, 3, at('ann', '10.0.2.1'));
    await expect(limits.requireLoginAllowed(at('ann', '10.0.2.1'))).rejects.toMatchObject(limited);
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9'))).resolves.toBeUndefined();
    await failTimes(limits, 2, at('ann', '10.9.9.9'));
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9'))).resolves.toBeUndefined();
    await limits.forgiveLogin(at('ann', '10.9.9.9'));
    await failTimes(limits, 2, at('ann', '10.9.9.9'));
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9'))).resolves.toBeUndefined();
  });

  it('AUTH-10: leave known devices only once a thousand have failed', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 1_000; i++) await limits.countFailedLogin(at('ann', `10.${i >> 8}.1.${i & 255}`));
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9'))).rejects.toMatchObject(limited);
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9', 'phone'))).resolves.toBeUndefined();
    await failTimes(limits, 10, at('ann', '10.9.9.9', 'phone'));
    await expect(limits.requireLoginAllowed(at('ann', '10.9.9.9', 'phone'))).rejects.toMatchObject(limited);
  });

  it('stop an address that tries many accounts, and not the devices behind it', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 100; i++) await limits.countFailedLogin(at(`name${i}`, '10.0.0.1'));
    await expect(limits.requireLoginAllowed(at('fresh', '10.0.0.1'))).rejects.toMatchObject(limited);
    await expect(limits.requireLoginAllowed(at('fresh', '10.0.0.1', 'phone'))).resolves.toBeUndefined();
  });

  it('forget an account’s failures once its password was right', async () => {
    const limits = new AuthLimits();
    await failTimes(limits, 9, at('ann', '10.0.0.1'));
    await limits.forgiveLogin(at('ann', '10.0.0.1'));
    await failTimes(limits, 9, at('ann', '10.0.0.1'));
    await expect(limits.requireLoginAllowed(at('ann', '10.0.0.1'))).resolves.toBeUndefined();
  });

  it('AUTH-2: allow at least 60 registrations a minute from one address, and not without end', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 60; i++) await limits.countRegistration('10.0.0.1');
    const flood = Promise.all(Array.from({ length: 300 }, () => limits.countRegistration('10.0.0.1')));
    await expect(flood).rejects.toMatchObject({ detail: { reason: 'too_many_registrations' } });
  });

  it('allow sixty guests a minute from one address', async () => {
    const limits = new AuthLimits();
    for (let i = 0; i < 60; i++) await limits.countGuest('10.0.0.1');
    await expect(limits.countGuest('10.0.0.1')).rejects.toMatchObject({
      detail: { reason: 'too_many_guests' },
    });
    await limits.countGuest('10.0.0.2');
  });
});
