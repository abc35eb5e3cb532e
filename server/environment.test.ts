import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VARIABLES } from './config';
import { childEnvironment, settleLibraries } from './environment';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isTest = /\.test\.tsx?$|\/testing\/|\/testing(-setup)?\.ts$/;

/** Path → text of everything that is shipped and not generated. */
function sources(): Map<string, string> {
  const paths = ['app', 'engine', 'proto', 'server'].flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((path) => `${room}/${path}`),
  );
  const ours = paths.filter(
    (path) => /\.(ts|tsx|mjs)$/.test(path) && !isTest.test(path) && !path.includes('/generated/'),
  );
  return new Map(ours.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the environment of the process', () => {
  it('PROC-2: is touched by one file', () => {
    const touching = [...sources()].filter(([, text]) =>
      /process(\.env\b|\['env'\])|{ env } = process/.test(text),
    );
    expect(touching.map(([path]) => path)).toEqual(['server/environment.ts']);
  });

  it('every variable that is read is used by something', () => {
    const others = [...sources()].filter(([path]) => path !== 'server/config.ts').map(([, text]) => text);
    const mentions = (name: string) => others.some((text) => new RegExp(`\\b${name}\\b`).test(text));
    // These reach the rest under another name.
    const renamed = [
      'BACKEND_PAYMENT_API_GRPC_ADDRESS',
      'BACKEND_RESERVATION_API_GRPC_ADDRESS',
      'GAME_GRPC_ADDRESS',
      'TRAINING_GRPC_ADDRESS',
      'MATCH_GRPC_ADDRESS',
      'DATA_DIR',
      'GM_URL',
    ];
    const unused = VARIABLES.filter((name) => !mentions(name) && !renamed.includes(name));
    expect(unused).toEqual([]);
  });

  it('gives libraries what the configuration says', () => {
    vi.stubEnv('NEXTAUTH_URL', ' https://elsewhere.example ');
    vi.stubEnv('NEXTAUTH_URL_INTERNAL', 'http://10.0.0.1');
    settleLibraries('https://arcade.example');
    expect(process.env.NEXTAUTH_URL).toBe('https://arcade.example');
    settleLibraries(undefined);
    expect(process.env).not.toHaveProperty('NEXTAUTH_URL');
    expect(process.env).not.toHaveProperty('NEXTAUTH_URL_INTERNAL');
  });

  it('keeps from child processes what is none of theirs', () => {
    vi.stubEnv('AUTH_SECRET', 'hidden');
    vi.stubEnv('PGDATA', '/elsewhere');
    vi.stubEnv('PGPORT', '1');
    expect(Object.keys(childEnvironment())).toEqual(expect.arrayContaining(['PATH', 'LC_ALL', 'TZ']));
    for (const name of ['AUTH_SECRET', 'PGDATA', 'PGPORT'])
      expect(childEnvironment()).not.toHaveProperty(name);
  });
});
