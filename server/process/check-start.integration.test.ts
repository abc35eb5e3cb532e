import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

function check(env: Record<string, string>) {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'server/process/check-start.ts'],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: '', AUTH_SECRET: '', ...env } },
  );
  return { status, stderr };
}

const OWN = 'postgres://nobody@127.0.0.1:1/nothing';

it.each([
  ['a setting that is not valid', { PORT: 'http' }, /PORT/],
  ['a database of one’s own without a secret', { DATABASE_URL: OWN }, /AUTH_SECRET is not set/],
])('PROC-1: %s ends with exit code 1 before anything is built', (_what, env, message) => {
  const { status, stderr } = check(env);
  expect(status).toBe(1);
  expect(stderr).toMatch(message);
});

it('PROC-1: what is valid lets the build begin', () => {
  expect(check({ DATABASE_URL: OWN, AUTH_SECRET: 'a'.repeat(32) })).toEqual({ status: 0, stderr: '' });
});
