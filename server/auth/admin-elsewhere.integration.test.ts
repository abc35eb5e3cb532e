import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Doors, startDoors } from '../process/testing/doors';

const run = promisify(execFile);

let doors: Doors;
beforeAll(async () => {
  doors = await startDoors(pino({ level: 'silent' }));
});
afterAll(() => doors.close());

/** The operator's command in a process of its own: it shares the database with the arcade and nothing else. */
async function admin(...args: string[]): Promise<number> {
  const env = { ...process.env, DATABASE_URL: doors.gate.database.url };
  const cli = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'server/auth/admin-cli.ts'];
  await run(process.execPath, [...cli, ...args], { env });
  return performance.now();
}

describe('AUTH-18: npm run admin in another process', { timeout: 120_000 }, () => {
  it.each([
    ['ban', ['cheating']],
    ['logout', []],
  ])('%s ends the sockets and streams of a running arcade within a second', async (command, more) => {
    const [person, other] = [await doors.person(), await doors.person()];
    const [lines, others] = [await doors.openLines(person), await doors.openLines(other)];
    // It says that it is done after the database has told of it.
    const done = await admin(command, person.name, ...more);
    const ended = await lines.ended;
    for (const at of Object.values(ended)) expect(at - done).toBeLessThan(1_000);
    expect(await doors.api(person.cookie).account.me.query()).toBeNull();
    expect((await doors.socket({ token: person.signalToken })).code).toBe(401);
    expect(others.count()).toBe(0);
    expect(await doors.api(other.cookie).account.me.query()).toMatchObject({ playerId: other.id });
  });
});
